import { graphql } from "@/gql/graphql";

/** One field in clear, for a purpose, for a while; nothing of it is cached. */
export const RevealCustomerFieldDocument = graphql(`
  mutation RevealCustomerField($input: RevealCustomerFieldInput!) {
    revealCustomerField(input: $input) {
      text
      shownForSeconds
      problems {
        code
        message
        path
      }
    }
  }
`);
