import { graphql, type ResultOf } from "@/gql/graphql";

/** One page of a run's ratings that fit the filter. */
export const RatingsDocument = graphql(`
  query Ratings($period: String!, $first: Int!, $after: String, $filter: RatingFilter) {
    ratingRun(period: $period) {
      id
      ratings(first: $first, after: $after, filter: $filter) {
        nodes {
          id
          period
          outcome
          outOfRange
          quartersOutOfRange
          customer {
            id
            number
            name {
              text
            }
          }
          tier {
            code
            rank
            name
            nameEn
            fromFen
            belowFen
          }
          previousTier {
            code
            rank
            name
            nameEn
            fromFen
            belowFen
          }
          average {
            fen
            range
            isMasked
          }
          homeUnit {
            id
            name
          }
          proposedHomeUnit {
            id
            name
          }
          explanation {
            code
            article
            minimumFen
            maximumFen
            missingToStayFen
            missingToRiseFen
            nextTier {
              code
              rank
              name
              nameEn
            }
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        total
      }
    }
  }
`);

export type RatingRow = NonNullable<ResultOf<typeof RatingsDocument>["ratingRun"]>["ratings"]["nodes"][number];
