import { graphql } from "@/gql/graphql";

/** Write down what was done with a customer; the answer says which obligations that settled. */
export const NoteActivityDocument = graphql(`
  mutation NoteActivity($input: NoteActivityInput!) {
    noteActivity(input: $input) {
      activity {
        id
        kind
        outcome
        happenedOn
        customer {
          id
          lastContactOn
          nextDueOn
        }
      }
      settled {
        id
        kind
        state
        article
        settledOn
      }
      problems {
        code
        message
        path
      }
    }
  }
`);
