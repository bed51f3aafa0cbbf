import { Suspense, useState } from "react";
import { Link } from "wouter";
import { count } from "@/lib/format";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { useTiers } from "@/lib/rule-book/cadence";
import { useList } from "@/lib/use-list";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { RowSkeleton } from "@/ui/skeleton";
import { TierTag } from "@/ui/tier-tag";
import { UnassignedDocument } from "./unassigned.gql";

type Props = Pick<HandedParts, "AssignCustomerForm">;

/** Customers without a manager, folded up until asked for; each can be assigned here. */
export function Unassigned({ AssignCustomerForm }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [assigning, setAssigning] = useState<string | null>(null);
  const codes = useTiers().map((tier) => tier.code);
  const [{ data: answer }] = useList(UnassignedDocument, { tier: codes }, ["Customer"], codes.length === 0);
  const total = answer?.customers.total ?? 0;
  if (total === 0) return null;

  return (
    <section className="card queue-group" aria-labelledby="unassigned-title">
      <h2 id="unassigned-title">
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? "down" : "right"} size={15} />
          {t("unassigned.title")}
          <span className="queue-count">{t("unassigned.count", { n: count(total) })}</span>
        </button>
      </h2>
      {isOpen && (
        <ul>
          {answer?.customers.nodes.map((customer) => (
            <li key={customer.id}>
              <div className="unassigned-row">
                <Link href={`/customers/${customer.number}`}>{customer.name.text ?? customer.number}</Link>
                <span className="queue-number">{customer.number}</span>
                <TierTag tier={customer.tier} />
                <span className="muted unassigned-unit">{customer.homeUnit?.name}</span>
                <Button size="small" icon="assign" onPress={() => setAssigning(assigning === customer.id ? null : customer.id)}>
                  {t("unassigned.assign")}
                </Button>
              </div>
              {assigning === customer.id && (
                <div className="queue-expander">
                  <Suspense fallback={<RowSkeleton rows={2} />}>
                    <AssignCustomerForm
                      customerId={customer.id}
                      unitId={customer.homeUnit?.id}
                      onDone={() => setAssigning(null)}
                      onCancel={() => setAssigning(null)}
                    />
                  </Suspense>
                </div>
              )}
            </li>
          ))}
          {total > 20 && <li className="unassigned-row muted small">{t("unassigned.more")}</li>}
        </ul>
      )}
    </section>
  );
}
