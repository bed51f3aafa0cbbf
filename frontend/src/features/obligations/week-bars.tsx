import { today } from "@/lib/clock";
import { count, shortDay, weekday } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useList } from "@/lib/use-list";
import { WeekLoadDocument } from "./week-load.gql";

const HEIGHT = 84;

/** Seven days: what was done (solid) and what is still open (outlined). */
export function WeekBars({ ofMember }: { ofMember: { owner?: string } }) {
  const [{ data: answer }] = useList(WeekLoadDocument, ofMember, ["Obligation", "Activity"]);
  const days = answer?.week ?? [];
  const most = Math.max(1, ...days.map((each) => each.open + each.settled));
  const done = days.reduce((sum, each) => sum + each.settled, 0);
  const all = days.reduce((sum, each) => sum + each.settled + each.open, 0);

  return (
    <section className="card" aria-labelledby="week-title">
      <header className="card-head">
        <h2 id="week-title">{t("week.title")}</h2>
        <span className="muted">{answer && t("week.done", { done: count(done), all: count(all) })}</span>
      </header>
      <ol className="week">
        {days.map((each) => (
          <li key={each.day} className={dayClass(each)} title={t("week.day", { day: each.day, done: each.settled, open: each.open })}>
            <span className="week-figure">
              {each.settled + each.open > 0 && count(each.settled + each.open)}
              <span className="visually-hidden">{t("week.day", { day: each.day, done: each.settled, open: each.open })}</span>
            </span>
            <span className="week-bar" aria-hidden="true">
              <span className="week-open" style={{ height: (each.open / most) * HEIGHT }} />
              <span className="week-settled" style={{ height: (each.settled / most) * HEIGHT }} />
            </span>
            <span className="week-name">{weekday(each.day)}</span>
            <span className="week-date">{shortDay(each.day)}</span>
          </li>
        ))}
      </ol>
      <p className="legend week-legend">
        <span>
          <i className="swatch week-settled" />
          {t("week.settled")}
        </span>
        <span>
          <i className="swatch week-open" />
          {t("week.open")}
        </span>
      </p>
    </section>
  );
}

function dayClass(each: { day: string; isWorkday: boolean }): string {
  return [each.day === today() && "week-today", !each.isWorkday && "week-off"].filter(Boolean).join(" ");
}
