import { graphql, type ResultOf } from "@/gql/graphql";

/** The rule book in force: tiers, cadence, and where its text contradicts itself. */
export const RuleBookDocument = graphql(`
  query RuleBook {
    ruleBook {
      code
      version
      name
      nameEn
      sha256
      tiers {
        code
        rank
        name
        nameEn
        fromFen
        belowFen
      }
      cadence {
        tier {
          code
          rank
          name
          nameEn
        }
        kind
        times
        months
        joint
        article
      }
      contradictions {
        articles
        readings
        chosen
      }
    }
  }
`);

export type RuleBook = ResultOf<typeof RuleBookDocument>["ruleBook"];
