import { Link } from "wouter";
import type { VariablesOf } from "@/gql/graphql";
import { today } from "@/lib/clock";
import { day } from "@/lib/format";
import { currentLanguage, t } from "@/lib/i18n";
import { customerKindName } from "@/lib/words";
import { Amount, Delta } from "@/ui/amount";
import type { Column } from "@/ui/data-table";
import { TierTag } from "@/ui/tier-tag";
import type { CustomerListDocument, CustomerRow } from "./customer-list.gql";

export type Sort = NonNullable<VariablesOf<typeof CustomerListDocument>["sort"]>;
type ListColumn = Column<CustomerRow, Sort> & { isOptional?: boolean };

export const SORTS: readonly Sort[] = ["ASSETS_DESC", "ASSETS_ASC", "CHANGE_ASC", "CHANGE_DESC", "LAST_CONTACT_ASC", "DUE_ASC", "NUMBER_ASC"];

/** All columns of the list; the optional ones are off until they are chosen. Who sees no amounts cannot sort by them. */
export function listColumns(seesAmounts: boolean): readonly ListColumn[] {
  const wide = currentLanguage() === "en" ? 20 : 0; // English heads and tier names are longer
  return [
    { id: "name", title: t("customer.name"), width: 104, cell: (row) => <Link href={`/customers/${row.number}`}>{row.name.text ?? row.number}</Link> },
    { id: "number", title: t("customer.number"), width: 108, sorts: ["NUMBER_ASC"], cell: (row) => row.number },
    { id: "tier", title: t("customer.tier"), width: 76 + wide, cell: (row) => <TierTag tier={row.tier} /> },
    { id: "phone", title: t("customer.phone"), width: 116, cell: (row) => row.phone.text ?? t("sign.none") },
    { id: "homeUnit", title: t("customer.homeUnit"), width: 132 - wide, cell: (row) => <Cut text={row.homeUnit?.name} /> },
    { id: "manager", title: t("customer.manager"), width: 78, cell: (row) => row.manager?.name ?? <span className="muted">{t("customer.nobody")}</span> },
    { id: "assets", title: t("customer.averageAssets"), unit: t("unit.wan"), width: 128 + 2 * wide, isEnd: true, ...(seesAmounts && { sorts: ["ASSETS_DESC", "ASSETS_ASC"] as const }), cell: (row) => <Amount amount={row.averageAssets} /> },
    { id: "change", title: t("customer.change"), unit: t("unit.wan"), width: 112, isEnd: true, ...(seesAmounts && { sorts: ["CHANGE_ASC", "CHANGE_DESC"] as const }), cell: (row) => <Delta amount={row.assetsChange} /> },
    { id: "lastContact", title: t("customer.lastContact"), width: 100, sorts: ["LAST_CONTACT_ASC"], cell: (row) => day(row.lastContactOn) },
    { id: "nextDue", title: t("customer.nextDue"), width: 104, sorts: ["DUE_ASC"], cell: (row) => <Due on={row.nextDueOn} /> },
    { id: "kind", title: t("customer.kind"), width: 64, isOptional: true, cell: (row) => customerKindName(row.kind) },
    { id: "idNumber", title: t("customer.idNumber"), width: 176, isOptional: true, cell: (row) => row.idNumber.text ?? t("sign.none") },
    { id: "birthDate", title: t("customer.birthDate"), width: 100, isOptional: true, cell: (row) => row.birthDate.text ?? t("sign.none") },
    { id: "tierSince", title: t("customer.tierSince"), width: 100, isOptional: true, cell: (row) => day(row.tierSinceOn) },
  ];
}

function Cut({ text }: { text: string | undefined }) {
  return <span title={text}>{text ?? t("sign.none")}</span>;
}

function Due({ on }: { on: string | null }) {
  if (on === null || on >= today()) return <>{day(on)}</>;
  return (
    <span className="due-over" title={t("queueGroup.OVERDUE")}>
      {on}
    </span>
  );
}
