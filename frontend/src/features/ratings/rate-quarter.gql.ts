import { graphql } from "@/gql/graphql";

/** Rate a delivered quarter by the rule book in force. */
export const RateQuarterDocument = graphql(`
  mutation RateQuarter($input: RateQuarterInput!) {
    rateQuarter(input: $input) {
      run {
        id
        period
        counts {
          outcome
          count
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
