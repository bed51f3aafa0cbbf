import { t } from "@/lib/i18n";
import { ruleOf } from "@/lib/rule-book/cadence";
import { article, obligationKindName } from "@/lib/words";
import { TierTag } from "@/ui/tier-tag";
import type { RuleBook } from "./rule-book.gql";

/** How often each tier is called, visited and greeted, with the article that says so. */
export function CadenceTable({ cadence }: { cadence: RuleBook["cadence"] }) {
  const lines = [...cadence].sort((one, other) => other.tier.rank - one.tier.rank);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("customer.tier")}</th>
          <th scope="col">{t("ruleBook.kind")}</th>
          <th scope="col">{t("ruleBook.how")}</th>
          <th scope="col">{t("ruleBook.article")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.tier.code} ${line.kind} ${line.article}`}>
            <td>
              <TierTag tier={line.tier} />
            </td>
            <td>{obligationKindName(line.kind)}</td>
            <td>{ruleOf(line.kind, line)}</td>
            <td className="nowrap">{article(line.article)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
