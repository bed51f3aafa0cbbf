import { inSentence } from "@/lib/format";
import { t } from "@/lib/i18n";
import { say } from "@/lib/toasts";
import { article, obligationKindName } from "@/lib/words";

/** Say what an activity settled, each with its article. */
export function sayNoted(settled: readonly { kind: string; article: string }[]) {
  if (settled.length === 0) {
    say({ tone: "info", text: t("activity.noted"), detail: t("activity.nothingSettled") });
    return;
  }
  const words = inSentence(settled.map((each) => `${obligationKindName(each.kind)}(${article(each.article)})`));
  say({ tone: "ok", text: t("activity.noted"), detail: t("activity.settled", { words }) });
}
