import { graphql, type ResultOf } from "@/gql/graphql";

/** Who is signed in, what they may do, and what the server's clock says. */
export const MeDocument = graphql(`
  query Me {
    me {
      staff {
        id
        staffNo
        name
        unit {
          id
          name
        }
      }
      posts {
        role
        unit {
          id
          name
          kind
        }
      }
      may
      language
      lastSignedInAt
      isDemo
    }
    serverNow
  }
`);

export type Me = NonNullable<ResultOf<typeof MeDocument>["me"]>;
