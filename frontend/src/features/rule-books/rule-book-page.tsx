import { useQuery } from "urql";
import { currentLanguage, t } from "@/lib/i18n";
import { ErrorNotice } from "@/ui/error-notice";
import { PageHead } from "@/ui/page-head";
import { Section } from "@/ui/section";
import { ScrollArea } from "@/ui/scroll-area";
import { RowSkeleton } from "@/ui/skeleton";
import { CadenceTable } from "./cadence-table";
import { Contradictions } from "./contradictions";
import { RuleBookDocument } from "./rule-book.gql";
import { TierBars } from "./tier-bars";

/** The rules that everything is measured by, with their articles. */
export function RuleBookPage() {
  const [{ data: answer, error }, ask] = useQuery({ query: RuleBookDocument });
  const book = answer?.ruleBook;

  return (
    <div className="page">
      <PageHead title={t("nav.ruleBook")} status={book && t("ruleBook.status", { name: currentLanguage() === "en" ? book.nameEn : book.name, version: book.version })} />
      {error && !book && (
        <div className="card">
          <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} />
        </div>
      )}
      {!book && !error && (
        <div className="card">
          <RowSkeleton rows={8} />
        </div>
      )}
      {book && (
        <div className="rules">
          <div className="rules-side">
            <Section id="tiers" title={t("ruleBook.tiers")} aside={<span className="muted">{t("ruleBook.tiersArticle")}</span>}>
              <TierBars tiers={book.tiers} />
              <p className="muted small">{t("ruleBook.hysteresis")}</p>
            </Section>
            <Section
              id="contradictions"
              title={t("ruleBook.contradictions")}
              aside={<span className="muted">{t("ruleBook.readings")}</span>}
            >
              <Contradictions contradictions={book.contradictions} />
            </Section>
          </div>
          <Section id="cadence" title={t("ruleBook.cadence")}>
            <ScrollArea label={t("ruleBook.cadence")}>
              <CadenceTable cadence={book.cadence} />
            </ScrollArea>
          </Section>
          <p className="muted small rules-wide">{t("ruleBook.hash", { code: book.code, hash: book.sha256 })}</p>
        </div>
      )}
    </div>
  );
}
