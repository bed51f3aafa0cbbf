import { graphql } from "@/gql/graphql";

/** What was owed to a customer and is settled, missed or void; the newest first. */
export const PastObligationsDocument = graphql(`
  query PastObligations($number: String!, $first: Int!) {
    customer(number: $number) {
      id
      settled: obligations(first: $first, state: SETTLED) {
        nodes {
          id
          kind
          state
          article
          dueOn
          settledOn
        }
        total
      }
      missed: obligations(first: $first, state: MISSED) {
        nodes {
          id
          kind
          state
          article
          dueOn
          settledOn
        }
        total
      }
    }
  }
`);
