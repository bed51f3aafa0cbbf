import { useQuery } from "urql";
import { TierBarsDocument } from "./tier-bars.gql";

/** The tiers of the rule book in force from the lowest up, each with its bar; below the first is no tier. */
export function useTierBars() {
  const [{ data: answer }] = useQuery({ query: TierBarsDocument });
  return [...(answer?.ruleBook.tiers ?? [])].sort((one, other) => one.rank - other.rank);
}
