import { useState } from "react";
import { amountWords, explain } from "@/lib/explain";
import { wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useTierBars } from "@/lib/rule-book/tier-bars";
import { ratingOutcomeName } from "@/lib/words";
import { TierChart } from "@/ui/charts/tier-chart";
import { Figure } from "@/ui/figure";
import { Section } from "@/ui/section";
import { TierTag, tierName } from "@/ui/tier-tag";
import type { FileRating } from "./customer-quarters.gql";
import { TierDistance } from "./tier-distance";
import { TierTable } from "./tier-table";

/** The tier over the quarters, what decided each, and how far the next step is. */
export function TierSection({ ratings }: { ratings: readonly FileRating[] }) {
  const quarters = [...ratings].reverse();
  const [picked, setPicked] = useState(quarters.length - 1);
  const bands = useTierBars();
  const rating = quarters[picked] ?? quarters.at(-1);

  if (!rating || bands.length === 0) {
    return (
      <Section id="tiers" title={t("file.tiers")}>
        <p className="muted">{t("tiers.none")}</p>
      </Section>
    );
  }
  return (
    <Section id="tiers" title={t("file.tiers")}>
      <TierDistance rating={quarters.at(-1) ?? rating} />
      <Figure
        title={t("tiers.chart")}
        summary={t("tiers.read")}
        chart={
          <>
            <TierChart
              bands={bands.map((tier) => ({ rank: tier.rank, name: tierName(tier), fromFen: tier.fromFen ?? 0 }))}
              points={quarters.map((each) => ({
                period: each.period,
                rank: each.tier.rank,
                isOut: each.outOfRange !== "IN",
                average: each.average,
                words: explain(each),
              }))}
              picked={picked}
              onPick={setPicked}
            />
            <div className="tier-read">
              <p>
                <strong>{rating.period}</strong>
                <TierTag tier={rating.tier} />
                <span className="tag">{ratingOutcomeName(rating.outcome)}</span>
                {rating.outOfRange !== "IN" && (
                  <span className="tag tag-warn">{t(`outOfRange.${rating.outOfRange}`, { n: rating.quartersOutOfRange })}</span>
                )}
              </p>
              <p>{explain(rating)}</p>
              <p className="muted small">{inputs(rating)}</p>
            </div>
          </>
        }
        table={<TierTable ratings={ratings} />}
      />
    </Section>
  );
}

/** What went in: the average as a sum over days, and the rule book. */
function inputs(rating: FileRating): string {
  const { fen } = rating.average;
  return t("tiers.inputs", {
    average: amountWords(rating.average),
    days: rating.days,
    sum: fen === null ? t("sign.none") : wan(fen * rating.days),
    version: rating.ruleBookVersion,
  });
}
