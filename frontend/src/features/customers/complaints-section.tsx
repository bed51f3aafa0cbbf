import { minute } from "@/lib/format";
import { t } from "@/lib/i18n";
import { channelName, complaintStateName } from "@/lib/words";
import { Section } from "@/ui/section";
import type { CustomerFile } from "./customer-file.gql";

/** What the customer was unhappy about, and whether the answer came within its 24 hours. */
export function ComplaintsSection({ complaints }: { complaints: CustomerFile["complaints"] }) {
  return (
    <Section id="complaints" title={t("file.complaints")}>
      {complaints.length === 0 && <p className="muted">{t("complaints.none")}</p>}
      <ul className="complaints">
        {complaints.map((complaint) => (
          <li key={complaint.id}>
            <div className="timeline-head">
              <strong>{channelName(complaint.channel)}</strong>
              <span className={complaint.state === "CLOSED" ? "tag tag-ok" : "tag tag-warn"}>
                {complaintStateName(complaint.state)}
              </span>
              <span className="muted small">{t("complaints.taken", { when: minute(complaint.takenAt) })}</span>
              <span className="muted small">{complaint.owner?.name}</span>
            </div>
            {complaint.text.text && <p>{complaint.text.text}</p>}
            {complaint.cause && <p className="muted small">{t("complaints.cause", { cause: complaint.cause })}</p>}
            <p className="muted small">
              {complaint.closedAt
                ? t(complaint.closedAt <= complaint.dueAt ? "complaints.inTime" : "complaints.late", { when: minute(complaint.closedAt) })
                : t("complaints.due", { when: minute(complaint.dueAt) })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
