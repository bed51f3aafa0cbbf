import { count } from "@/lib/format";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/session/me";
import { Button } from "@/ui/button";
import { ErrorNotice } from "@/ui/error-notice";
import { PageHead } from "@/ui/page-head";
import { MemberSwitcher } from "./member-switcher";
import { QueueAside } from "./queue-aside";
import { QueueChips } from "./queue-chips";
import { QueueList } from "./queue-list";
import { Unassigned } from "./unassigned";
import { useQueue } from "./use-queue";
import { useQueueQuestion } from "./use-queue-question";

type Props = Pick<HandedParts, "NoteActivityForm" | "AssignCustomerForm">;

/** What must be done today, and what is about to be late. */
export function WorkQueuePage({ NoteActivityForm, AssignCustomerForm }: Props) {
  const asked = useQueueQuestion();
  const mayAssign = useMay("customer:assign");
  const queue = useQueue({
    ...asked.ofMember,
    ...(asked.kinds.length > 0 && { kind: asked.kinds }),
    group: asked.isLaterOpen ? ["OVERDUE", "TODAY", "WEEK", "LATER"] : ["OVERDUE", "TODAY", "WEEK"],
  });

  return (
    <div className="page">
      <PageHead title={t("queue.title")} status={queue.isAwaited ? "" : statusOf(queue.countOf)}>
        {asked.oversees && <MemberSwitcher value={asked.member} onChange={asked.pickMember} />}
      </PageHead>
      <div className="queue-columns">
        <div className="queue-main">
          <QueueChips kinds={asked.kinds} onToggle={asked.toggleKind} />
          {queue.arrived > 0 && (
            <div className="queue-arrived" role="status">
              <span>{t("queue.arrived", { n: queue.arrived })}</span>
              <Button size="small" onPress={queue.take}>
                {t("queue.take")}
              </Button>
            </div>
          )}
          {mayAssign && <Unassigned AssignCustomerForm={AssignCustomerForm} />}
          {queue.error ? (
            <div className="card">
              <ErrorNotice onRetry={queue.refresh} />
            </div>
          ) : (
            <QueueList queue={queue} asked={asked} NoteActivityForm={NoteActivityForm} />
          )}
        </div>
        <QueueAside ofMember={asked.ofMember} />
      </div>
    </div>
  );
}

function statusOf(countOf: (group: string) => number): string {
  const overdue = countOf("OVERDUE");
  const due = t("queue.status", { today: count(countOf("TODAY")), week: count(countOf("WEEK")) });
  return overdue > 0 ? t("queue.statusOverdue", { overdue: count(overdue), due }) : due;
}
