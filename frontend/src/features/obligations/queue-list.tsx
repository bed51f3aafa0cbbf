import { count } from "@/lib/format";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { RowSkeleton } from "@/ui/skeleton";
import { QueueEmpty } from "./queue-empty";
import { QueueGroup } from "./queue-group";
import { useQueueCursor } from "./use-queue-cursor";
import type { useQueue } from "./use-queue";
import type { useQueueQuestion } from "./use-queue-question";

type Props = Pick<HandedParts, "NoteActivityForm"> & {
  queue: ReturnType<typeof useQueue>;
  asked: ReturnType<typeof useQueueQuestion>;
};

const GROUPS = ["OVERDUE", "TODAY", "WEEK", "LATER"] as const;

/** The queue in its groups, with one row open at a time. */
export function QueueList({ queue, asked, NoteActivityForm }: Props) {
  const cursor = useQueueCursor(queue);
  const hasOwner = asked.member === "all";
  const later = queue.countOf("LATER");

  if (queue.isAwaited) {
    return (
      <div className="card">
        <RowSkeleton rows={9} />
      </div>
    );
  }
  return (
    <>
      {queue.rows.length === 0 && (
        <QueueEmpty isFiltered={asked.kinds.length > 0} later={later} onShowLater={() => asked.showLater(true)} />
      )}
      {GROUPS.map((group) => (
        <QueueGroup
          key={group}
          group={group}
          rows={queue.rows.filter(({ row }) => row.group === group)}
          total={queue.countOf(group)}
          cursor={cursor}
          hasOwner={hasOwner}
          NoteActivityForm={NoteActivityForm}
        />
      ))}
      {queue.hasMore && !queue.isAtLimit && (
        <Button onPress={queue.showMore}>{t("queue.more", { n: count(queue.total - queue.rows.length) })}</Button>
      )}
      {queue.hasMore && queue.isAtLimit && <p className="muted small">{t("queue.limit", { n: queue.rows.length })}</p>}
      {later > 0 && queue.rows.length > 0 && (
        <Button tone="quiet" icon={asked.isLaterOpen ? "up" : "down"} onPress={() => asked.showLater(!asked.isLaterOpen)}>
          {asked.isLaterOpen ? t("queue.hideLater") : t("queue.showLater", { n: count(later) })}
        </Button>
      )}
    </>
  );
}
