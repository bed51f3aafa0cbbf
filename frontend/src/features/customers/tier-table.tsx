import { amountWords, explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { ratingOutcomeName } from "@/lib/words";
import { TierTag } from "@/ui/tier-tag";
import type { FileRating } from "./customer-quarters.gql";

/** The same as a table: each quarter with its inputs, its rule book and why. */
export function TierTable({ ratings }: { ratings: readonly FileRating[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("tiers.period")}</th>
          <th scope="col">{t("customer.tier")}</th>
          <th scope="col" className="end">
            {t("tiers.average")}
          </th>
          <th scope="col">{t("tiers.why")}</th>
        </tr>
      </thead>
      <tbody>
        {ratings.map((rating) => (
          <tr key={rating.id}>
            <td className="nowrap">
              {rating.period}
              <br />
              <span className="muted small">{t("tiers.version", { version: rating.ruleBookVersion })}</span>
            </td>
            <td>
              <TierTag tier={rating.tier} />
              <br />
              <span className="muted small">{ratingOutcomeName(rating.outcome)}</span>
            </td>
            <td className="end">{amountWords(rating.average)}</td>
            <td className="small">{explain(rating)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
