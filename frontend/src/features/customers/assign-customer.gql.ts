import { graphql } from "@/gql/graphql";

/** Give a customer to a manager, with a reason; open obligations go along. */
export const AssignCustomerDocument = graphql(`
  mutation AssignCustomer($input: AssignCustomerInput!) {
    assignCustomer(input: $input) {
      customer {
        id
        manager {
          id
          name
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
