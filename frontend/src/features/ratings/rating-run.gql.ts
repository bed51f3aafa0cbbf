import { graphql, type ResultOf } from "@/gql/graphql";

/** One quarter's run: its facts, how many had which outcome, and who moved from tier to tier. */
export const RatingRunDocument = graphql(`
  query RatingRun($period: String!) {
    ratingRun(period: $period) {
      id
      period
      ruleBook
      ruleBookVersion
      ruleBookSha256
      inputsSha256
      ratedAt
      ratedBy
      days
      isInForce
      counts {
        outcome
        count
      }
      flows {
        fromTier {
          code
          rank
          name
          nameEn
        }
        toTier {
          code
          rank
          name
          nameEn
        }
        count
      }
    }
  }
`);

export type Run = NonNullable<ResultOf<typeof RatingRunDocument>["ratingRun"]>;
