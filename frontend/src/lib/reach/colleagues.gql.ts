import { graphql } from "@/gql/graphql";

/** The staff within the reader's reach who look after customers, or of one unit. */
export const ColleaguesDocument = graphql(`
  query Colleagues($unit: ID, $role: [Role!]) {
    staff(unit: $unit, role: $role) {
      id
      staffNo
      name
      unit {
        id
        name
      }
    }
  }
`);
