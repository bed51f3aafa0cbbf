import { graphql } from "@/gql/graphql";

/** Correct what a customer told us; fields left out stay as they are. */
export const AmendCustomerDocument = graphql(`
  mutation AmendCustomer($input: AmendCustomerInput!) {
    amendCustomer(input: $input) {
      customer {
        id
        phone {
          text
        }
        address {
          text
        }
        occupation {
          text
        }
      }
      problems {
        code
        message
        path
      }
    }
  }
`);
