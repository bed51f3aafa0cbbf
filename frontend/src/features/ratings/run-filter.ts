import type { VariablesOf } from "@/gql/graphql";
import { listed } from "@/lib/url";
import type { RatingsDocument } from "./ratings.gql";

type Filter = NonNullable<VariablesOf<typeof RatingsDocument>["filter"]>;
type Outcome = NonNullable<NonNullable<Filter["outcome"]>[number]>;

export const RUN_DEFAULTS = { from: "", to: "", outcome: "", out: "", home: "", after: "" };
export type RunFilters = typeof RUN_DEFAULTS;

const OUTCOMES: readonly Outcome[] = ["ENTERED", "RISEN", "KEPT", "FALLEN", "LEFT", "OUTSIDE"];

/** The server's filter for what the address says. */
export function ratingFilter({ from, to, outcome, out, home }: RunFilters): Filter {
  const chosen = listed(outcome);
  const outcomes = OUTCOMES.filter((each) => chosen.includes(each));
  return {
    ...(from && { fromTier: from }),
    ...(to && { toTier: to }),
    ...(outcomes.length > 0 && { outcome: outcomes }),
    ...(out === "1" && { outOfRange: ["BELOW" as const, "ABOVE" as const] }),
    ...(home === "1" && { homeChangeProposed: true }),
  };
}
