import { useState } from "react";
import { t } from "@/lib/i18n";
import { useList } from "@/lib/use-list";
import { article, activityKindName, obligationKindName, outcomeName } from "@/lib/words";
import { Icon, type IconName } from "@/ui/icon";
import { Section } from "@/ui/section";
import { RowSkeleton } from "@/ui/skeleton";
import { CustomerTimelineDocument, type TimelineActivity } from "./customer-timeline.gql";

const PAGE = 8;
const LIMIT = 200;
const ICONS: Record<TimelineActivity["kind"], IconName> = {
  CALL: "call",
  VISIT: "visit",
  MESSAGE: "message",
  CARD: "card",
  GIFT: "gift",
  EVENT: "event",
};

/** What was done with the customer, newest first, and which obligations each settled. */
export function TimelineSection({ number }: { number: string }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data: answer }] = useList(CustomerTimelineDocument, { number, first }, ["Activity"]);
  const activities = answer?.customer?.activities;
  const rows = activities?.nodes ?? [];

  return (
    <Section
      id="timeline"
      title={t("file.timeline")}
      aside={<span className="muted">{activities && t("timeline.total", { n: activities.total })}</span>}
    >
      {!activities && <RowSkeleton rows={4} />}
      {activities && rows.length === 0 && <p className="muted">{t("timeline.none")}</p>}
      <ol className="timeline">
        {rows.map((activity) => (
          <li key={activity.id}>
            <span className="timeline-mark">
              <Icon name={ICONS[activity.kind]} size={16} />
            </span>
            <div className="timeline-head">
              <strong>{activityKindName(activity.kind)}</strong>
              <span className={activity.outcome === "REACHED" ? "tag tag-ok" : "tag"}>{outcomeName(activity.outcome)}</span>
              <span className="muted small">{activity.happenedOn}</span>
              <span className="muted small">{byWhom(activity)}</span>
            </div>
            {activity.note.text && <p className="timeline-note">{activity.note.text}</p>}
            {activity.settled.map((each) => (
              <p key={each.id} className="settled-line">
                <Icon name="check" size={14} />
                {t("timeline.settled", { kind: obligationKindName(each.kind), article: article(each.article) })}
              </p>
            ))}
            {activity.nextOn && <p className="muted small">{t("timeline.next", { day: activity.nextOn })}</p>}
          </li>
        ))}
      </ol>
      {(activities?.total ?? 0) > first && first < LIMIT && (
        <button type="button" className="link-button" onClick={() => setFirst(Math.min(first * 3, LIMIT))}>
          {t("timeline.more")}
        </button>
      )}
    </Section>
  );
}

function byWhom({ staff, withStaff }: TimelineActivity): string {
  return withStaff ? t("timeline.together", { name: staff.name, other: withStaff.name }) : staff.name;
}
