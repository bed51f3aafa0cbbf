import { graphql } from "@/gql/graphql";

/** How many customers of each tier someone looks after, or a reach holds. */
export const TiersInBookDocument = graphql(`
  query TiersInBook($rank1: CustomerFilter, $rank2: CustomerFilter, $rank3: CustomerFilter, $rank4: CustomerFilter) {
    rank1: customers(first: 1, filter: $rank1) {
      total
    }
    rank2: customers(first: 1, filter: $rank2) {
      total
    }
    rank3: customers(first: 1, filter: $rank3) {
      total
    }
    rank4: customers(first: 1, filter: $rank4) {
      total
    }
  }
`);
