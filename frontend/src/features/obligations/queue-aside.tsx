import { t } from "@/lib/i18n";
import { Birthdays } from "./birthdays";
import { TiersInBook } from "./tiers-in-book";
import { WeekBars } from "./week-bars";

/** Beside the queue: the week's load, the birthdays ahead, the book by tier. */
export function QueueAside({ ofMember }: { ofMember: { owner?: string } }) {
  return (
    <aside className="queue-aside" aria-label={t("aside.label")}>
      <WeekBars ofMember={ofMember} />
      <Birthdays ofMember={ofMember} />
      <TiersInBook ofMember={ofMember} />
    </aside>
  );
}
