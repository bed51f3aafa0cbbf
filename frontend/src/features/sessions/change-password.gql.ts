import { graphql } from "@/gql/graphql";

/** Change one's own password; the server says which rule a new one breaks. */
export const ChangePasswordDocument = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);
