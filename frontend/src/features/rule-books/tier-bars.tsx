import { wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { TierTag } from "@/ui/tier-tag";
import type { RuleBook } from "./rule-book.gql";

/** The tiers from the highest down, each from its bar to below the next. */
export function TierBars({ tiers }: { tiers: RuleBook["tiers"] }) {
  const rated = tiers.filter((tier) => tier.rank > 0).sort((one, other) => other.rank - one.rank);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("customer.tier")}</th>
          <th scope="col" className="end">
            {t("ruleBook.from")}
          </th>
          <th scope="col" className="end">
            {t("ruleBook.below")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rated.map((tier) => (
          <tr key={tier.code}>
            <td>
              <TierTag tier={tier} />
            </td>
            <td className="end">{bar(tier.fromFen)}</td>
            <td className="end">{bar(tier.belowFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const bar = (fen: number | null) => (fen === null ? t("sign.none") : wan(fen).replace(/\.00$/, ""));
