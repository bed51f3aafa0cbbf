import { graphql, type ResultOf } from "@/gql/graphql";

/** A customer's quarters: each rating with what decided it, and what was held. */
export const CustomerQuartersDocument = graphql(`
  query CustomerQuarters($number: String!) {
    customer(number: $number) {
      id
      ratings(first: 12) {
        id
        period
        outcome
        outOfRange
        quartersOutOfRange
        days
        ruleBook
        ruleBookVersion
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
      holdings {
        period
        product
        stock {
          fen
          range
          isMasked
        }
        average {
          fen
          range
          isMasked
        }
      }
    }
  }
`);

export type Quarters = NonNullable<ResultOf<typeof CustomerQuartersDocument>["customer"]>;
export type FileRating = Quarters["ratings"][number];
