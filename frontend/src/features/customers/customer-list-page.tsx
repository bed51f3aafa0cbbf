import { useEffect, useMemo, useState } from "react";
import type { CombinedError } from "urql";
import { useLocation } from "wouter";
import { today } from "@/lib/clock";
import { count, wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { rememberList } from "@/lib/neighbours";
import { problemOf } from "@/lib/problems";
import { useFilters } from "@/lib/url";
import { useList } from "@/lib/use-list";
import { useRowCursor } from "@/lib/use-row-cursor";
import { DataTable } from "@/ui/data-table";
import { ErrorNotice } from "@/ui/error-notice";
import { PageHead } from "@/ui/page-head";
import { connectionArguments, Pager } from "@/ui/pager";
import { ColumnChoice } from "./column-choice";
import { CustomerListDocument, type CustomerRow } from "./customer-list.gql";
import { DensitySwitch, useDensity } from "./density-switch";
import { ListEmpty } from "./list-empty";
import { ListFilterBar } from "./list-filter-bar";
import { customerFilter, LIST_DEFAULTS, type LookUp } from "./list-filter";
import { listColumns, type Sort, SORTS } from "./list-columns";
import { useShownColumns } from "./use-shown-columns";

/** The customers within reach: found, filtered, sorted, paged. */
export function CustomerListPage() {
  const [filters, change] = useFilters(LIST_DEFAULTS);
  const [lookUp, setLookUp] = useState<LookUp | null>(null);
  const [density, setDensity] = useDensity();
  const sort = SORTS.find((each) => each === filters.sort) ?? "ASSETS_DESC";
  const variables = { ...connectionArguments(filters), filter: customerFilter(filters, lookUp, today()), sort };
  const [{ data: answer, error, fetching }, ask] = useList(CustomerListDocument, variables, ["Customer"]);
  const customers = answer?.customers;
  const rows = customers?.nodes ?? [];
  const seesAmounts = customers?.totalAssets.isMasked !== true;
  const columns = useMemo(() => listColumns(seesAmounts), [seesAmounts]);
  const shown = useShownColumns(columns);
  const cursor = useOpenableRows(rows);

  return (
    <div className={`page density-${density}`}>
      <PageHead title={t("nav.customers")} status={customers && statusOf(customers)}>
        <DensitySwitch density={density} onChange={setDensity} />
        <ColumnChoice columns={columns} shown={shown.ids} onChange={shown.choose} />
      </PageHead>
      <ListFilterBar filters={filters} onChange={(next) => change({ after: "", before: "", ...next })} seesAmounts={seesAmounts} lookUp={lookUp} onLookUp={lookUpBy} />
      <div className="card" aria-busy={fetching}>
        {error && !customers ? (
          <ErrorNotice text={problemOf(error).message} onRetry={() => retry(error)} />
        ) : (
          <>
            <DataTable<CustomerRow, Sort>
              caption={t("nav.customers")}
              columns={shown.columns}
              rows={rows}
              idOf={(row) => row.number}
              sort={sort}
              onSort={(next) => change({ sort: next, after: "", before: "" })}
              cursor={cursor}
              awaited={customers ? 0 : 12}
            />
            {customers && rows.length === 0 && <ListEmpty isFiltered={lookUp !== null || isFiltered(filters)} />}
            <Pager info={customers?.pageInfo} shown={rows.length} total={customers?.total} size={filters.size} onTurn={change} />
          </>
        )}
      </div>
    </div>
  );

  // A place or a filter that the server refuses is taken back; anything else is asked again.
  function retry(refused: CombinedError) {
    setLookUp(null);
    if (refused.graphQLErrors.length > 0) change({ ...LIST_DEFAULTS, size: filters.size });
    ask({ requestPolicy: "network-only" });
  }

  function lookUpBy(next: LookUp | null) {
    setLookUp(next);
    change({ after: "", before: "" });
  }
}

function useOpenableRows(rows: readonly CustomerRow[]) {
  const [, go] = useLocation();
  useEffect(() => rememberList(rows.map((row) => row.number)), [rows]);
  return useRowCursor(
    rows.map((row) => row.number),
    (number) => go(`/customers/${number}`),
  );
}

function isFiltered({ tier, unit, manager, from, below, quiet, overdue }: typeof LIST_DEFAULTS) {
  return [tier, unit, manager, from, below, quiet, overdue].some((chosen) => chosen !== "");
}

function statusOf({ total, totalAssets }: { total: number; totalAssets: CustomerRow["averageAssets"] }): string {
  if (totalAssets.fen === null) return t("customers.total", { n: total, total: count(total) });
  const assets = wan(totalAssets.fen);
  return t("customers.status", { n: total, total: count(total), assets });
}
