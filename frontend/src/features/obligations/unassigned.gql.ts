import { graphql } from "@/gql/graphql";

/** Customers within reach whom nobody looks after. */
export const UnassignedDocument = graphql(`
  query Unassigned {
    customers(first: 20, filter: { unassigned: true }, sort: ASSETS_DESC) {
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
