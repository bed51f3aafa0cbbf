import { graphql } from "@/gql/graphql";

/** Customers of the given tiers within reach whom nobody looks after. */
export const UnassignedDocument = graphql(`
  query Unassigned($tier: [String!]!) {
    customers(first: 20, filter: { unassigned: true, tier: $tier }, sort: ASSETS_DESC) {
      nodes {
        id
        number
        name {
          text
        }
        tier {
          code
          rank
          name
          nameEn
        }
        homeUnit {
          id
          name
        }
      }
      total
    }
  }
`);
