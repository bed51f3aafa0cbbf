import { useState } from "react";
import { minute } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/session/me";
import { useList } from "@/lib/use-list";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorNotice } from "@/ui/error-notice";
import { PageHead } from "@/ui/page-head";
import { RowSkeleton } from "@/ui/skeleton";
import { DeliveriesDocument } from "./deliveries.gql";
import { DeliveryList } from "./delivery-list";
import { QuarterList } from "./quarter-list";
import { RateConfirm } from "./rate-confirm";
import { RatingRunsDocument } from "./rating-runs.gql";
import { RunView } from "./run-view";

/** The quarters that were rated, who moved, and why; unrated deliveries wait to be rated. */
export function RatingPage({ period }: { period: string | undefined }) {
  const mayReadDeliveries = useMay("delivery:read");
  const [{ data: answer, error }, ask] = useList(RatingRunsDocument, {}, ["RatingRun"]);
  const [{ data: delivered }] = useList(DeliveriesDocument, {}, ["Delivery"], !mayReadDeliveries);
  const [rating, setRating] = useState<string | null>(null);
  const runs = answer?.ratingRuns ?? [];
  const deliveries = delivered?.deliveries ?? [];
  const rated = new Set(runs.map((run) => run.period));
  const waiting = [...new Set(deliveries.map((each) => each.period))].filter((each) => !rated.has(each)).sort();
  const shown = period ?? runs[0]?.period;
  const run = runs.find((each) => each.period === shown);

  return (
    <div className="page">
      <PageHead title={t("nav.ratings")} status={run && t("ratings.status", { period: run.period, when: minute(run.ratedAt) })} />
      {error && !answer && (
        <div className="card">
          <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} />
        </div>
      )}
      {!answer && !error && (
        <div className="card">
          <RowSkeleton rows={8} />
        </div>
      )}
      {answer && (
        <>
          <QuarterList runs={runs} waiting={waiting} shown={shown} onRate={setRating} />
          {shown && run && <RunView period={shown} />}
          {runs.length > 0 && !run && (
            <EmptyNotice icon="rating" title={t("ratings.noRun", { period: shown ?? "" })} text={t("ratings.noRunText")} />
          )}
          {runs.length === 0 && (
            <div className="card">
              <EmptyNotice icon="rating" title={t("ratings.none")} text={t("ratings.noneText")} />
            </div>
          )}
        </>
      )}
      {mayReadDeliveries && delivered && <DeliveryList deliveries={deliveries} />}
      {rating && <RateConfirm period={rating} onClose={() => setRating(null)} />}
    </div>
  );
}
