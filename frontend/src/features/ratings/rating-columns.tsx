import { Link } from "wouter";
import { explain } from "@/lib/explain";
import { wan } from "@/lib/format";
import { currentLanguage, t } from "@/lib/i18n";
import { ratingOutcomeName } from "@/lib/words";
import { Amount } from "@/ui/amount";
import type { Column } from "@/ui/data-table";
import { TierTag } from "@/ui/tier-tag";
import type { RatingRow } from "./ratings.gql";

const TONES: Record<RatingRow["outcome"], string> = {
  ENTERED: "tag-ok",
  RISEN: "tag-up",
  KEPT: "",
  FALLEN: "tag-down",
  LEFT: "tag-down",
  OUTSIDE: "",
};

/** Customer, from, to, what decided, how far the next step is, and a home outlet that is proposed. */
export function ratingColumns(): readonly Column<RatingRow>[] {
  const wide = currentLanguage() === "en" ? 20 : 0; // English tier names are longer
  return [
    { id: "name", title: t("customer.name"), width: 92, cell: (row) => <Link href={`/customers/${row.customer.number}`}>{row.customer.name.text ?? row.customer.number}</Link> },
    { id: "number", title: t("customer.number"), width: 112, cell: (row) => row.customer.number },
    { id: "from", title: t("ratings.from"), width: 72 + wide, cell: (row) => <TierTag tier={row.previousTier} /> },
    { id: "to", title: t("ratings.to"), width: 72 + wide, cell: (row) => <TierTag tier={row.tier} /> },
    { id: "outcome", title: t("ratings.outcome"), width: 70 + wide, cell: (row) => <span className={`tag ${TONES[row.outcome]}`}>{ratingOutcomeName(row.outcome)}</span> },
    { id: "average", title: t("ratings.average"), unit: t("unit.wan"), width: 98 + wide, isEnd: true, cell: (row) => <Amount amount={row.average} /> },
    { id: "margin", title: t("ratings.margin"), unit: t("unit.wan"), width: 118, isEnd: true, cell: (row) => <Margin row={row} /> },
    { id: "why", title: t("tiers.why"), width: 310 - 3 * wide, isWrapped: true, cell: (row) => <span className="small">{explain(row)}</span> },
    { id: "home", title: t("ratings.home"), width: 156, isWrapped: true, cell: (row) => <Home row={row} /> },
  ];
}

/** What is missing to stay comes first; else what is missing to rise. */
function Margin({ row }: { row: RatingRow }) {
  const { missingToStayFen, missingToRiseFen } = row.explanation;
  if (missingToStayFen !== null) return <span className="due-danger">{t("margin.stay", { amount: wan(missingToStayFen) })}</span>;
  if (missingToRiseFen === 0) return <>{t("margin.reached")}</>;
  if (missingToRiseFen !== null) return <>{t("margin.rise", { amount: wan(missingToRiseFen) })}</>;
  return <>{t("sign.none")}</>;
}

function Home({ row }: { row: RatingRow }) {
  if (!row.proposedHomeUnit) return <span title={row.homeUnit?.name}>{row.homeUnit?.name ?? t("sign.none")}</span>;
  const words = t("ratings.proposed", { from: row.homeUnit?.name ?? t("sign.none"), to: row.proposedHomeUnit.name });
  return (
    <span className="home-change" title={words}>
      <span className="tag tag-info">{t("ratings.move")}</span>
      {row.proposedHomeUnit.name}
    </span>
  );
}
