import { t } from "@/lib/i18n";

/** Bars of the height that rows will have, so that nothing jumps when they come. */
export function RowSkeleton({ rows }: { rows: number }) {
  return (
    <div className="skeleton-rows" role="status" aria-label={t("shell.loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className="skeleton" />
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div className="page">
      <div className="page-head">
        <span className="skeleton skeleton-title" />
      </div>
      <div className="card">
        <RowSkeleton rows={10} />
      </div>
    </div>
  );
}
