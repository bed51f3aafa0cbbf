import { graphql } from "@/gql/graphql";

/** Open a session; the cookie comes with the answer. */
export const SignInDocument = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      me {
        staff {
          id
          name
        }
        lastSignedInAt
        language
      }
      problems {
        code
        message
        path
      }
    }
  }
`);
