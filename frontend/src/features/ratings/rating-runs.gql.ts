import { graphql, type ResultOf } from "@/gql/graphql";

/** The rating runs in force, newest first. */
export const RatingRunsDocument = graphql(`
  query RatingRuns {
    ratingRuns {
      id
      period
      ratedAt
      ruleBookVersion
      counts {
        outcome
        count
      }
    }
  }
`);

export type RunLine = ResultOf<typeof RatingRunsDocument>["ratingRuns"][number];
