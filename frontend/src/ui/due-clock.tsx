import { daysBetween, today, useTick } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { Icon } from "./icon";

const SOON_DAYS = 3;

/** How long is left, or how long something has been overdue; the day itself on hover. */
export function DueClock({ dueOn }: { dueOn: string }) {
  useTick();
  const left = daysBetween(today(), dueOn);
  return (
    <span className={`due ${toneOf(left)}`} title={t("due.on", { day: dueOn })}>
      <Icon name="clock" size={14} />
      {wordsOf(left)}
    </span>
  );
}

function toneOf(left: number): string {
  if (left < 0) return "due-over";
  if (left === 0) return "due-danger";
  return left <= SOON_DAYS ? "due-warn" : "";
}

function wordsOf(left: number): string {
  if (left < 0) return t("due.over", { n: -left });
  if (left === 0) return t("due.today");
  return t("due.left", { n: left });
}
