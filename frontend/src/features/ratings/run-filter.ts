import type { VariablesOf } from "@/gql/graphql";
import { listed } from "@/lib/url";
import type { RatingsDocument } from "./ratings.gql";

type Filter = NonNullable<VariablesOf<typeof RatingsDocument>["filter"]>;
type Outcome = NonNullable<NonNullable<Filter["outcome"]>[number]>;

/** Those whose tier changed; what the page shows first. */
export const MOVED = "moved";
export const ALL = "all";

export const RUN_DEFAULTS = { from: "", to: "", outcome: MOVED, out: "", home: "", after: "" };
export type RunFilters = typeof RUN_DEFAULTS;

export const OUTCOMES: readonly Outcome[] = ["ENTERED", "RISEN", "KEPT", "FALLEN", "LEFT", "OUTSIDE"];
const MOVES: readonly Outcome[] = ["ENTERED", "RISEN", "FALLEN", "LEFT"];

/** The server's filter for what the address says. */
export function ratingFilter({ from, to, outcome, out, home }: RunFilters): Filter {
  const outcomes = from || to ? [] : outcomesOf(outcome);
  return {
    ...(from && { fromTier: from }),
    ...(to && { toTier: to }),
    ...(outcomes.length > 0 && { outcome: outcomes }),
    ...(out === "1" && { outOfRange: ["BELOW" as const, "ABOVE" as const] }),
    ...(home === "1" && { homeChangeProposed: true }),
  };
}

/** The outcomes that an address asks for; none is all. */
export function outcomesOf(outcome: string): Outcome[] {
  if (outcome === MOVED) return [...MOVES];
  const chosen = listed(outcome);
  return OUTCOMES.filter((each) => chosen.includes(each));
}
