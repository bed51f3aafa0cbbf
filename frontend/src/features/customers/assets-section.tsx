import { wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { productName } from "@/lib/words";
import { Amount, Delta } from "@/ui/amount";
import { StackedBars } from "@/ui/charts/stacked-bars";
import { Figure } from "@/ui/figure";
import { ScrollArea } from "@/ui/scroll-area";
import { Section } from "@/ui/section";
import type { Quarters } from "./customer-quarters.gql";
import { quartersOf, type Quarter } from "./quarters";

const PRODUCTS = ["demand", "time", "insurance", "wealth", "bond", "fund"];

/** What the customer holds, by product and quarter. */
export function AssetsSection({ holdings }: { holdings: Quarters["holdings"] }) {
  const quarters = quartersOf(holdings);
  const series = PRODUCTS.filter((product) => holdings.some((each) => each.product === product));
  const isMasked = holdings.some((each) => each.average.isMasked);
  const table = <AssetsTable quarters={quarters} series={series} />;

  return (
    <Section id="assets" title={t("file.assets")} aside={<span className="muted">{t("assets.unit")}</span>}>
      {quarters.length === 0 && <p className="muted">{t("assets.none")}</p>}
      {quarters.length > 0 && isMasked && (
        <>
          <p className="muted small">{t("amount.masked")}</p>
          <ScrollArea label={t("file.assets")}>{table}</ScrollArea>
        </>
      )}
      {quarters.length > 0 && !isMasked && (
        <>
          <Changes quarters={quarters} />
          <Figure
            title={t("assets.chart")}
            summary={t("assets.read")}
            chart={
              <StackedBars
                label={t("assets.label", { periods: quarters.length, last: wan(quarters.at(-1)?.sumFen ?? 0) })}
                series={series}
                bars={quarters.map((quarter) => ({ name: quarter.period, parts: quarter.fenOf }))}
              />
            }
            legend={
              <p className="legend">
                {series.map((product, index) => (
                  <span key={product}>
                    <i className={`swatch series-${String(index + 1)}`} />
                    {productName(product)}
                  </span>
                ))}
              </p>
            }
            table={table}
          />
        </>
      )}
    </Section>
  );
}

/** The newest quarter against the one before and the same of last year. */
function Changes({ quarters }: { quarters: readonly Quarter[] }) {
  const last = quarters.at(-1);
  if (!last) return null;
  const against = [
    ["assets.quarterBefore", quarters.at(-2)],
    ["assets.yearBefore", quarters.find((quarter) => quarter.period === yearBefore(last.period))],
  ] as const;
  return (
    <ul className="distances">
      <li>
        <span>{last.period}</span>
        <strong>{wan(last.sumFen)}</strong>
      </li>
      {against.map(([key, before]) => (
        <li key={key}>
          <span>{t(key)}</span>
          <strong>{before ? <Delta amount={{ fen: last.sumFen - before.sumFen, range: null, isMasked: false }} /> : t("sign.none")}</strong>
        </li>
      ))}
    </ul>
  );
}

function AssetsTable({ quarters, series }: { quarters: readonly Quarter[]; series: readonly string[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("tiers.period")}</th>
          {series.map((product) => (
            <th key={product} scope="col" className="end">
              {productName(product)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...quarters].reverse().map((quarter) => (
          <tr key={quarter.period}>
            <th scope="row">{quarter.period}</th>
            {series.map((product) => {
              const amount = quarter.of[product];
              return (
                <td key={product} className="end">
                  {amount ? <Amount amount={amount} /> : t("sign.none")}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const yearBefore = (period: string) => `${String(Number(period.slice(0, 4)) - 1)}${period.slice(4)}`;
