import { graphql } from "@/gql/graphql";

/** How often the rule book in force asks for a contact, by tier and kind. */
export const CadenceDocument = graphql(`
  query Cadence {
    ruleBook {
      code
      version
      tiers {
        code
        rank
        name
        nameEn
      }
      cadence {
        tier {
          code
        }
        kind
        times
        months
        joint
        article
      }
    }
  }
`);
