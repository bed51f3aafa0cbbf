import { useQuery } from "urql";
import { t } from "@/lib/i18n";
import { TierBarsDocument } from "./tier-bars.gql";

/** The tiers of the rule book in force from the lowest up, each with its bar; below the first is no tier. */
export function useTierBars() {
  const [{ data: answer }] = useQuery({ query: TierBarsDocument });
  const tiers = [...(answer?.ruleBook.tiers ?? [])].sort((one, other) => one.rank - other.rank);
  if (tiers.length === 0 || tiers[0]?.rank === 0) return tiers;
  const none = { code: "none", rank: 0, name: t("tier.none"), nameEn: t("tier.none"), fromFen: 0, belowFen: tiers[0]?.fromFen ?? null };
  return [none, ...tiers];
}
