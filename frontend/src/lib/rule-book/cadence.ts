import { useCallback } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "@/gql/graphql";
import { t, type TextKey } from "@/lib/i18n";
import { article } from "@/lib/words";
import { CadenceDocument } from "./cadence.gql";

type Cadence = ResultOf<typeof CadenceDocument>["ruleBook"]["cadence"][number];
type Owed = { kind: string; tier: { code: string }; article: string };

const NAMED_MONTHS = [1, 2, 3, 6, 12];

/** The cadence that an obligation comes from, if the rule book in force still has it. */
export function useCadence() {
  const [{ data: answer }] = useQuery({ query: CadenceDocument });
  const lines = answer?.ruleBook.cadence;
  return useCallback(
    (owed: Owed) => lines?.find((line) => line.kind === owed.kind && line.tier.code === owed.tier.code),
    [lines],
  );
}

export function useTiers() {
  const [{ data: answer }] = useQuery({ query: CadenceDocument });
  return answer?.ruleBook.tiers.filter((tier) => tier.rank > 0) ?? [];
}

/** Why something is owed, in one line with its article: 每季电访 1 次 · 第十六条(一). */
export function reasonOf(owed: Owed, cadence: Cadence | undefined): string {
  return `${ruleOf(owed.kind, cadence)} · ${article(owed.article)}`;
}

/** A cadence in words: 每季电访 1 次. */
export function ruleOf(kind: string, cadence: Cadence | undefined): string {
  if (!cadence || !["CALL", "VISIT"].includes(kind)) return t(`reason.${kind}` as TextKey);
  const words = t(`times.${kind}` as TextKey, { every: everyMonths(cadence.months), n: cadence.times });
  return cadence.joint ? t("reason.joint", { words }) : words;
}

function everyMonths(months: number): string {
  if (NAMED_MONTHS.includes(months)) return t(`every.${months}` as TextKey);
  return t("every.many", { n: months });
}
