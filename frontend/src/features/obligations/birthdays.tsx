import { Link } from "wouter";
import { daysBetween, today } from "@/lib/clock";
import { shortDay } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useList } from "@/lib/use-list";
import { TierTag } from "@/ui/tier-tag";
import { BirthdaysDocument } from "./birthdays.gql";

/** The next birthdays to greet. */
export function Birthdays({ ofMember }: { ofMember: { owner?: string } }) {
  const filter = { ...ofMember, kind: ["BIRTHDAY" as const], group: ["TODAY" as const, "WEEK" as const, "LATER" as const] };
  const [{ data: answer }] = useList(BirthdaysDocument, { filter }, ["Obligation"]);
  const rows = [...(answer?.obligations.nodes ?? [])].sort((one, other) => one.dueOn.localeCompare(other.dueOn));

  return (
    <section className="card" aria-labelledby="birthdays-title">
      <header className="card-head">
        <h2 id="birthdays-title">{t("birthdays.title")}</h2>
        <span className="muted">{answer && t("birthdays.total", { n: answer.obligations.total })}</span>
      </header>
      {answer && rows.length === 0 && <p className="card-body muted">{t("birthdays.none")}</p>}
      <ul className="aside-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="aside-day">{shortDay(row.dueOn)}</span>
            <Link href={`/customers/${row.customer.number}`}>{row.customer.name.text ?? row.customer.number}</Link>
            <TierTag tier={row.tier} />
            <span className="aside-end muted">{inDays(row.dueOn)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function inDays(on: string): string {
  const days = daysBetween(today(), on);
  return days <= 0 ? t("birthdays.today") : t("birthdays.in", { n: days });
}
