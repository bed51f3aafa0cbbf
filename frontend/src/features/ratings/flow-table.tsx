import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Flow } from "@/ui/charts/sankey-layout";

/** The flows as a table: from down, to across. */
export function FlowTable({ flows }: { flows: readonly Flow[] }) {
  const tiers = [...new Map(flows.flatMap(({ from, to }) => [from, to]).map((tier) => [tier.code, tier])).values()].sort(
    (one, other) => other.rank - one.rank,
  );
  const counted = (from: string, to: string) => flows.find((flow) => flow.from.code === from && flow.to.code === to)?.count;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("flows.fromTo")}</th>
          {tiers.map((tier) => (
            <th key={tier.code} scope="col" className="end">
              {tier.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tiers.map((from) => (
          <tr key={from.code}>
            <th scope="row">{from.name}</th>
            {tiers.map((to) => {
              const customers = counted(from.code, to.code);
              return (
                <td key={to.code} className="end">
                  {customers === undefined ? t("sign.none") : count(customers)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
