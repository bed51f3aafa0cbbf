import { wan, wanRange } from "./format";
import { currentLanguage, t, type TextKey } from "./i18n";
import { article } from "./words";

type Tier = { rank: number; name: string; nameEn: string; fromFen: number | null; belowFen: number | null };

export type Explained = {
  tier: Tier;
  previousTier: Tier;
  average: { fen: number | null; range: string | null };
  explanation: {
    code: string;
    article: string;
    minimumFen: number | null;
    maximumFen: number | null;
  };
};

const CODES = ["ENTERED", "LEFT", "RISEN", "FALLEN", "IN_RANGE", "ONE_QUARTER_BELOW", "ONE_QUARTER_ABOVE", "OUTSIDE"];

/** Why a tier was given, kept or taken, in one sentence with its article. */
export function explain({ tier, previousTier, average, explanation }: Explained): string {
  const { code, article: cited, minimumFen, maximumFen } = explanation;
  if (!CODES.includes(code)) return article(cited);
  const sentence = t(`explain.${code}` as TextKey, {
    average: amountWords(average),
    tier: nameOf(tier),
    previous: nameOf(previousTier),
    from: bar(tier.fromFen),
    min: bar(minimumFen ?? previousTier.fromFen),
    max: bar(maximumFen ?? previousTier.belowFen),
  });
  return t("explain.withArticle", { sentence, article: article(cited) });
}

export const amountWords = ({ fen, range }: { fen: number | null; range: string | null }) =>
  fen === null ? wanRange(range ?? "") : wan(fen);

const nameOf = (tier: Tier) => (currentLanguage() === "en" ? tier.nameEn : tier.name);

/** A bar without needless decimals: 20, not 20.00. */
const bar = (fen: number | null) => (fen === null ? "" : wan(fen).replace(/\.00$/, ""));
