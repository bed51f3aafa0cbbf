import { t } from "@/lib/i18n";
import { useFilters } from "@/lib/url";
import { useList } from "@/lib/use-list";
import { Sankey } from "@/ui/charts/sankey";
import { ErrorNotice } from "@/ui/error-notice";
import { Figure } from "@/ui/figure";
import { Section } from "@/ui/section";
import { RowSkeleton } from "@/ui/skeleton";
import { tierName } from "@/ui/tier-tag";
import { FlowTable } from "./flow-table";
import { OutcomeChips } from "./outcome-chips";
import { RatingRunDocument } from "./rating-run.gql";
import { RatingTable } from "./rating-table";
import { MOVED, RUN_DEFAULTS } from "./run-filter";
import { RunFacts } from "./run-facts";

/** One quarter: who moved from where to where, and each rating with its reason. */
export function RunView({ period }: { period: string }) {
  const [filters, change] = useFilters(RUN_DEFAULTS);
  const [{ data: answer, error }, ask] = useList(RatingRunDocument, { period }, ["RatingRun"]);
  const run = answer?.ratingRun;

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
                onPick={(picked) => change({ from: picked?.from ?? "", to: picked?.to ?? "", outcome: MOVED, out: "", home: "", after: "" })}
              />
            }
            table={<FlowTable flows={flows} />}
          />
        </Section>
        <RunFacts run={run} />
      </div>
      <OutcomeChips run={run} filters={filters} onChange={change} />
      <RatingTable period={period} filters={filters} onChange={change} />
    </>
  );
}
