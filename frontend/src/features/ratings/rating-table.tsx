import { useMemo } from "react";
import { useLocation } from "wouter";
import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useList } from "@/lib/use-list";
import { useRowCursor } from "@/lib/use-row-cursor";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorNotice } from "@/ui/error-notice";
import { ratingColumns } from "./rating-columns";
import { RatingsDocument } from "./ratings.gql";
import { ratingFilter, type RunFilters } from "./run-filter";

const PAGE = 50;

type Props = { period: string; filters: RunFilters; onChange: (changes: Partial<RunFilters>) => void };

/** The ratings that fit, each with its reason in words. */
export function RatingTable({ period, filters, onChange }: Props) {
  const variables = { period, first: PAGE, after: filters.after || null, filter: ratingFilter(filters) };
  const [{ data: answer, error }, ask] = useList(RatingsDocument, variables, ["Rating"]);
  const columns = useMemo(() => ratingColumns(), []);
  const ratings = answer?.ratingRun?.ratings;
  const rows = ratings?.nodes ?? [];
  const [, go] = useLocation();
  const cursor = useRowCursor(
    rows.map((row) => row.id),
    (id) => go(`/customers/${rows.find((row) => row.id === id)?.customer.number ?? ""}`),
  );

  return (
    <section className="card" aria-label={t("ratings.table")}>
      {error && !ratings ? (
        <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : (
        <>
          <DataTable caption={t("ratings.table")} columns={columns} rows={rows} idOf={(row) => row.id} cursor={cursor} awaited={ratings ? 0 : 10} />
          {ratings && rows.length === 0 && <EmptyNotice icon="rating" title={t("ratings.noneFit")} text={t("ratings.noneFitText")} />}
          <div className="table-foot">
            <span>{ratings && t("ratings.total", { n: count(ratings.total) })}</span>
            <div className="pager">
              {filters.after && (
                <Button size="small" icon="left" onPress={() => onChange({ after: "" })}>
                  {t("pager.first")}
                </Button>
              )}
              <Button
                size="small"
                icon="right"
                isDisabled={!ratings?.pageInfo.hasNextPage}
                onPress={() => onChange({ after: ratings?.pageInfo.endCursor ?? "" })}
              >
                {t("pager.next")}
              </Button>
            </div>
          </div>
        </>
      )}
    </section>
  );
}
