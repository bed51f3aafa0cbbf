import { graphql } from "@/gql/graphql";

/** How much of the reader's own work is overdue, for the nav. */
export const OverdueCountDocument = graphql(`
  query OverdueCount($owner: ID!) {
    obligations(first: 1, filter: { owner: $owner, group: [OVERDUE] }) {
      total
    }
  }
`);
