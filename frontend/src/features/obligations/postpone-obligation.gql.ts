import { graphql } from "@/gql/graphql";

/** Plan an obligation for another day within its window, with a reason. */
export const PostponeObligationDocument = graphql(`
  mutation PostponeObligation($input: PostponeObligationInput!) {
    postponeObligation(input: $input) {
      obligation {
        id
        planOn
        dueOn
        postponed
        group
      }
      problems {
        code
        message
        path
      }
    }
  }
`);
