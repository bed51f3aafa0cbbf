import { graphql } from "@/gql/graphql";

/** The units within the reader's reach, by path. */
export const UnitsDocument = graphql(`
  query Units {
    units {
      id
      code
      name
      kind
      path
    }
  }
`);
