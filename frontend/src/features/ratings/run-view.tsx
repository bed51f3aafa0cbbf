import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { listed, useFilters } from "@/lib/url";
import { useList } from "@/lib/use-list";
import { ratingOutcomeName } from "@/lib/words";
import { Sankey } from "@/ui/charts/sankey";
import { ErrorNotice } from "@/ui/error-notice";
import { Figure } from "@/ui/figure";
import { Section } from "@/ui/section";
import { RowSkeleton } from "@/ui/skeleton";
import { tierName } from "@/ui/tier-tag";
import { FlowTable } from "./flow-table";
import { RatingRunDocument } from "./rating-run.gql";
import { RatingTable } from "./rating-table";
import { RUN_DEFAULTS } from "./run-filter";
import { RunFacts } from "./run-facts";

const OUTCOMES = ["ENTERED", "RISEN", "KEPT", "FALLEN", "LEFT", "OUTSIDE"];

/** One quarter: who moved from where to where, and each rating with its reason. */
export function RunView({ period }: { period: string }) {
  const [filters, change] = useFilters(RUN_DEFAULTS);
  const [{ data: answer, error }, ask] = useList(RatingRunDocument, { period }, ["RatingRun"]);
  const run = answer?.ratingRun;
  const outcomes = listed(filters.outcome);

  if (error && !run) {
    return (
      <div className="card">
        <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} />
      </div>
    );
  }
  if (!run) {
    return (
      <div className="card">
        <RowSkeleton rows={8} />
      </div>
    );
  }
  const flows = run.flows.map(({ fromTier, toTier, count: customers }) => ({
    from: { rank: fromTier.rank, code: fromTier.code, name: tierName(fromTier) },
    to: { rank: toTier.rank, code: toTier.code, name: tierName(toTier) },
    count: customers,
  }));
  return (
    <>
      <div className="run-columns">
        <Section id="flows" title={t("flows.title")}>
          <Figure
            title={t("flows.title")}
            summary={t("flows.read")}
            chart={
              <Sankey
                flows={flows}
                picked={filters.from && filters.to ? { from: filters.from, to: filters.to } : null}
                onPick={(picked) => change({ from: picked?.from ?? "", to: picked?.to ?? "", outcome: "", after: "" })}
              />
            }
            table={<FlowTable flows={flows} />}
          />
        </Section>
        <RunFacts run={run} />
      </div>
      <div className="chips" role="group" aria-label={t("ratings.outcomes")}>
        {OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="chip"
            aria-pressed={outcomes.includes(outcome)}
            onClick={() => change({ outcome: toggled(outcomes, outcome), from: "", to: "", after: "" })}
          >
            {ratingOutcomeName(outcome)}
            <span className="chip-count">{count(run.counts.find((each) => each.outcome === outcome)?.count ?? 0)}</span>
          </button>
        ))}
        <button type="button" className="chip" aria-pressed={filters.out === "1"} onClick={() => change({ out: filters.out ? "" : "1", after: "" })}>
          {t("ratings.oneOfTwo")}
        </button>
        <button type="button" className="chip" aria-pressed={filters.home === "1"} onClick={() => change({ home: filters.home ? "" : "1", after: "" })}>
          {t("ratings.homeChange")}
        </button>
      </div>
      <RatingTable period={period} filters={filters} onChange={change} />
    </>
  );
}

function toggled(chosen: readonly string[], outcome: string): string {
  return (chosen.includes(outcome) ? chosen.filter((each) => each !== outcome) : [...chosen, outcome]).join();
}
