import { minute } from "@/lib/format";
import { t } from "@/lib/i18n";
import { byWhom } from "@/lib/words";
import { Section } from "@/ui/section";
import type { Run } from "./rating-run.gql";

/** What makes a run provable: which rule book, which inputs, who and when. */
export function RunFacts({ run }: { run: Run }) {
  return (
    <Section id="run" title={t("run.title")} aside={run.isInForce && <span className="tag tag-ok">{t("run.inForce")}</span>}>
      <dl className="run-facts">
        <Fact term={t("tiers.period")} text={t("run.period", { period: run.period, days: run.days })} />
        <Fact term={t("run.ratedAt")} text={minute(run.ratedAt)} />
        <Fact term={t("run.ratedBy")} text={byWhom(run.ratedBy)} />
        <Fact term={t("nav.ruleBook")} text={t("tiers.version", { version: run.ruleBookVersion })} />
        <Fact term={t("run.ruleBookHash")} text={run.ruleBookSha256} isHash />
        <Fact term={t("run.inputsHash")} text={run.inputsSha256} isHash />
      </dl>
      <p className="muted small">{t("run.replay")}</p>
    </Section>
  );
}

function Fact({ term, text, isHash }: { term: string; text: string; isHash?: boolean }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={isHash ? "hash" : undefined}>{text}</dd>
    </div>
  );
}
