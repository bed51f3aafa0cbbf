import { Suspense } from "react";
import { count } from "@/lib/format";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { ruleOf, useCadence } from "@/lib/rule-book/cadence";
import { useMay } from "@/lib/session/me";
import { queueGroupName } from "@/lib/words";
import { RowSkeleton } from "@/ui/skeleton";
import { USUAL_ACTIVITY } from "./kind-icons";
import { PostponeForm } from "./lazy-forms";
import { QueueRow } from "./queue-row";
import type { ShownRow } from "./shown-queue";
import type { useQueueCursor } from "./use-queue-cursor";

type Props = Pick<HandedParts, "NoteActivityForm"> & {
  group: string;
  rows: readonly ShownRow[];
  total: number;
  cursor: ReturnType<typeof useQueueCursor>;
  hasOwner: boolean;
};

/** Rows of one urgency, under their heading and count. */
export function QueueGroup({ group, rows, total, cursor, hasOwner, NoteActivityForm }: Props) {
  const cadenceOf = useCadence();
  const mayNote = useMay("activity:note");
  const mayPostpone = useMay("obligation:postpone");
  if (rows.length === 0) return null;

  return (
    <section className={`card queue-group queue-group-${group.toLowerCase()} ${mayNote || mayPostpone ? "" : "queue-read-only"}`} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>
        {queueGroupName(group)}
        <span className="queue-count">{t("queue.count", { n: count(total) })}</span>
      </h2>
      <ul>
        {rows.map(({ row, standing }) => {
          const cadence = cadenceOf(row);
          const open = cursor.opened?.id === row.id ? cursor.opened.form : null;
          return (
            <li key={row.id}>
              <QueueRow
                row={row}
                standing={standing}
                reason={ruleOf(row.kind, cadence)}
                isCursor={cursor.at === row.id}
                isOpen={open !== null}
                hasOwner={hasOwner}
                mayNote={mayNote}
                mayPostpone={mayPostpone}
                onNote={cursor.toggleNote}
                onPostpone={cursor.togglePostpone}
              />
              {open && standing === "open" && (
                <div className="queue-expander">
                  <Suspense fallback={<RowSkeleton rows={3} />}>
                    {open === "note" ? (
                      <NoteActivityForm
                        customerId={row.customer.id}
                        unitId={row.unit.id}
                        kind={USUAL_ACTIVITY[row.kind]}
                        isJoint={cadence?.joint ?? false}
                        onDone={(settled) => cursor.noted(row.id, settled)}
                        onCancel={cursor.fold}
                      />
                    ) : (
                      <PostponeForm row={row} onDone={() => cursor.postponed(row.id)} onCancel={cursor.fold} />
                    )}
                  </Suspense>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
