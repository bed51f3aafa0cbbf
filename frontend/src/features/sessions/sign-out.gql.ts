import { graphql } from "@/gql/graphql";

/** End this session on the server, too. */
export const SignOutDocument = graphql(`
  mutation SignOut {
    signOut {
      problems {
        code
        message
        path
      }
    }
  }
`);
