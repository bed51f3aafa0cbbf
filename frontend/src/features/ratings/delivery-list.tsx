import { count, minute } from "@/lib/format";
import { t } from "@/lib/i18n";
import { byWhom } from "@/lib/words";
import { ScrollArea } from "@/ui/scroll-area";
import type { DeliveryLine } from "./deliveries.gql";

/** What data came, when, by whom it was taken in, and what was set aside. */
export function DeliveryList({ deliveries }: { deliveries: readonly DeliveryLine[] }) {
  return (
    <section className="card" aria-labelledby="deliveries-title">
      <header className="card-head">
        <h2 id="deliveries-title">{t("deliveries.title")}</h2>
      </header>
      {deliveries.length === 0 && <p className="card-body muted">{t("deliveries.none")}</p>}
      {deliveries.length > 0 && (
        <div className="card-body">
          <ScrollArea label={t("deliveries.title")}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("tiers.period")}</th>
                <th scope="col">{t("deliveries.complete")}</th>
                <th scope="col">{t("deliveries.deliveredAt")}</th>
                <th scope="col">{t("deliveries.appliedAt")}</th>
                <th scope="col">{t("deliveries.appliedBy")}</th>
                <th scope="col" className="end">
                  {t("deliveries.taken")}
                </th>
                <th scope="col" className="end">
                  {t("deliveries.setAside")}
                </th>
              </tr>
            </thead>
            <tbody>
              {deliveries.map((each) => (
                <tr key={each.id}>
                  <th scope="row">{each.period}</th>
                  <td>
                    <span className={each.complete ? "tag tag-ok" : "tag tag-warn"}>
                      {t(each.complete ? "deliveries.isComplete" : "deliveries.isPartial")}
                    </span>
                  </td>
                  <td className="nowrap">{minute(each.deliveredAt)}</td>
                  <td className="nowrap">{minute(each.appliedAt)}</td>
                  <td>{byWhom(each.appliedBy)}</td>
                  <td className="end">{count(each.rowsTaken)}</td>
                  <td className="end">{each.rowsSetAside > 0 ? <span className="due-warn">{count(each.rowsSetAside)}</span> : count(0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          </ScrollArea>
        </div>
      )}
    </section>
  );
}
