import { useMemo, useState } from "react";
import { useQuery } from "urql";
import { t } from "@/lib/i18n";
import { useFilters } from "@/lib/url";
import { useRowCursor } from "@/lib/use-row-cursor";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorNotice } from "@/ui/error-notice";
import { PageHead } from "@/ui/page-head";
import { AuditEntriesDocument } from "./audit-entries.gql";
import { auditColumns } from "./audit-columns";
import { AUDIT_DEFAULTS, auditFilter, type AuditFilters } from "./audit-filter";
import { AuditFilterBar } from "./audit-filter-bar";
import { EntryDrawer } from "./entry-drawer";

const PAGE = 50;

/** The audit trail, newest first; looking at it is in it too. */
export function AuditPage() {
  const [filters, change] = useFilters(AUDIT_DEFAULTS);
  const [opened, setOpened] = useState<number | null>(null);
  const [{ data: answer, error, fetching }, ask] = useQuery({
    query: AuditEntriesDocument,
    variables: { first: PAGE, after: filters.after || null, filter: auditFilter(filters) },
    requestPolicy: "cache-and-network",
  });
  const entries = answer?.auditEntries;
  const rows = entries?.nodes ?? [];
  const columns = useMemo(() => auditColumns(setOpened), []);
  const cursor = useRowCursor(
    rows.map((row) => row.id),
    (id) => setOpened(rows.find((row) => row.id === id)?.index ?? null),
  );
  const again = () => ask({ requestPolicy: "network-only" });
  const narrow = (changes: Partial<AuditFilters>) => change({ after: "", ...changes });

  return (
    <div className="page">
      <PageHead title={t("nav.audit")} status={t("audit.isRecorded")}>
        <Button onPress={again}>{t("audit.refresh")}</Button>
      </PageHead>
      <AuditFilterBar filters={filters} onChange={narrow} />
      <section className="card" aria-label={t("nav.audit")} aria-busy={fetching}>
        {error && !entries ? (
          <ErrorNotice onRetry={again} />
        ) : (
          <>
            <DataTable caption={t("nav.audit")} columns={columns} rows={rows} idOf={(row) => row.id} cursor={cursor} awaited={entries ? 0 : 12} />
            {entries && rows.length === 0 && <EmptyNotice icon="shield" title={t("audit.noneFit")} text={t("audit.noneFitText")} />}
            <div className="table-foot">
              <div className="pager">
                {filters.after && (
                  <Button size="small" icon="left" onPress={() => change({ after: "" })}>
                    {t("pager.first")}
                  </Button>
                )}
                <Button
                  size="small"
                  icon="right"
                  isDisabled={!entries?.pageInfo.hasNextPage}
                  onPress={() => change({ after: entries?.pageInfo.endCursor ?? "" })}
                >
                  {t("pager.next")}
                </Button>
              </div>
            </div>
          </>
        )}
      </section>
      {opened !== null && <EntryDrawer index={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
