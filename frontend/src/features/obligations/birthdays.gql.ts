import { graphql } from "@/gql/graphql";

/** The birthdays to greet in the coming days. */
export const BirthdaysDocument = graphql(`
  query Birthdays($filter: ObligationFilter) {
    obligations(first: 6, filter: $filter) {
      nodes {
        id
        dueOn
        tier {
          code
          rank
          name
          nameEn
        }
        customer {
          id
          number
          name {
            text
          }
        }
      }
      total
    }
  }
`);
