import { graphql } from "@/gql/graphql";

/** The bars of the tiers, for charts. */
export const TierBarsDocument = graphql(`
  query TierBars {
    ruleBook {
      tiers {
        code
        rank
        name
        nameEn
        fromFen
        belowFen
      }
    }
  }
`);
