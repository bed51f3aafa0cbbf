import { inSentence } from "@/lib/format";
import { t } from "@/lib/i18n";
import { article } from "@/lib/words";
import type { RuleBook } from "./rule-book.gql";

/** Where the text says two things: both readings, and which one is built. */
export function Contradictions({ contradictions }: { contradictions: RuleBook["contradictions"] }) {
  if (contradictions.length === 0) return <p className="muted">{t("ruleBook.noContradictions")}</p>;
  return (
    <div>
      {contradictions.map((each) => (
        <article key={each.articles.join()} className="contradiction">
          <h3>{inSentence(each.articles.map(article))}</h3>
          <ul>
            {each.readings.map((reading) => (
              <li key={reading} className="reading">
                <span className={reading === each.chosen ? "tag tag-ok" : "tag"}>
                  {t(reading === each.chosen ? "ruleBook.chosen" : "ruleBook.other")}
                </span>
                {reading}
              </li>
            ))}
            {!each.readings.includes(each.chosen) && (
              <li className="reading">
                <span className="tag tag-ok">{t("ruleBook.chosen")}</span>
                {each.chosen}
              </li>
            )}
          </ul>
        </article>
      ))}
    </div>
  );
}
