import { useState } from "react";
import { t } from "@/lib/i18n";
import { reasonOf, useCadence } from "@/lib/rule-book/cadence";
import { useList } from "@/lib/use-list";
import { article, obligationKindName, obligationStateName } from "@/lib/words";
import { DueClock } from "@/ui/due-clock";
import { Section } from "@/ui/section";
import type { CustomerFile } from "./customer-file.gql";
import { PastObligationsDocument } from "./past-obligations.gql";

const FEW = 6;
const MANY = 50;
const TONES: Record<string, string> = { SETTLED: "tag-ok", MISSED: "tag-danger" };

type Props = { number: string; open: CustomerFile["open"]["nodes"] };

/** What is owed to the customer now, and what was; each with its article. */
export function ObligationsSection({ number, open }: Props) {
  const [first, setFirst] = useState(FEW);
  const cadenceOf = useCadence();
  const [{ data: answer }] = useList(PastObligationsDocument, { number, first }, ["Obligation"]);
  const { settled, missed } = answer?.customer ?? {};
  const past = [...(settled?.nodes ?? []), ...(missed?.nodes ?? [])]
    .sort((one, other) => (other.settledOn ?? other.dueOn).localeCompare(one.settledOn ?? one.dueOn))
    .slice(0, first);
  const total = (settled?.total ?? 0) + (missed?.total ?? 0);

  return (
    <Section id="owed" title={t("file.owed")} aside={<span className="muted">{t("owed.open", { n: open.length })}</span>}>
      {open.length === 0 && <p className="muted">{t("owed.none")}</p>}
      <ul className="owed">
        {[...open].sort((one, other) => one.planOn.localeCompare(other.planOn)).map((each) => (
          <li key={each.id}>
            <strong>{obligationKindName(each.kind)}</strong>
            <span className="owed-reason">{reasonOf(each, cadenceOf(each))}</span>
            <span className="muted small nowrap">{t("owed.plan", { day: each.planOn })}</span>
            <DueClock dueOn={each.dueOn} />
          </li>
        ))}
      </ul>
      {past.length > 0 && <h3 className="owed-past">{t("owed.past", { n: total })}</h3>}
      <ul className="owed">
        {past.map((each) => (
          <li key={each.id}>
            <span>{obligationKindName(each.kind)}</span>
            <span className="owed-reason">{article(each.article)}</span>
            <span className="muted small nowrap">{each.settledOn ?? each.dueOn}</span>
            <span className={`tag ${TONES[each.state] ?? ""}`}>{obligationStateName(each.state)}</span>
          </li>
        ))}
      </ul>
      {total > past.length && first < MANY && (
        <button type="button" className="link-button" onClick={() => setFirst(MANY)}>
          {t("owed.more")}
        </button>
      )}
    </Section>
  );
}
