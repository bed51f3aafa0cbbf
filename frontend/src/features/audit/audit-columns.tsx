import { second } from "@/lib/format";
import { currentLanguage, t } from "@/lib/i18n";
import type { Column } from "@/ui/data-table";
import type { AuditRow } from "./audit-entries.gql";
import { actionName, purposeName, resultName, shownWords, TONES } from "./audit-words";

/** When, who, what, how it came out, what was shown, and why it was allowed. */
export function auditColumns(open: (index: number) => void): readonly Column<AuditRow>[] {
  const wide = currentLanguage() === "en" ? 30 : 0; // English words are longer
  return [
    {
      id: "at",
      title: t("audit.at"),
      width: 168,
      cell: (row) => (
        <button type="button" className="link-button" onClick={() => open(row.index)}>
          {second(row.at)}
        </button>
      ),
    },
    { id: "staff", title: t("audit.staff"), width: 80 + wide, cell: (row) => row.staffNo || t("audit.service") },
    { id: "action", title: t("audit.action"), width: 124 + wide, cell: (row) => <span title={row.action}>{actionName(row.action)}</span> },
    { id: "result", title: t("audit.result"), width: 76, cell: (row) => <span className={`tag ${TONES[row.result]}`}>{resultName(row.result)}</span> },
    { id: "shown", title: t("audit.shown"), width: 290 - wide, isWrapped: true, cell: (row) => <span className="small">{shownWords(row)}</span> },
    { id: "why", title: t("audit.why"), width: 320 - wide, isWrapped: true, cell: (row) => <Why row={row} /> },
  ];
}

/** The purpose that was given, and the line of the policy that allowed it. */
function Why({ row }: { row: AuditRow }) {
  if (!row.purpose && !row.line) return <>{t("sign.none")}</>;
  return (
    <span className="audit-why">
      {row.purpose && <span className="tag tag-info">{purposeName(row.purpose)}</span>}
      <span className="small muted">{row.line}</span>
    </span>
  );
}
