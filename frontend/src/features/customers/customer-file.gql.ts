import { graphql, type ResultOf } from "@/gql/graphql";

/** One customer's file: who, what is owed, what went wrong and what was spent. */
export const CustomerFileDocument = graphql(`
  query CustomerFile($number: String!) {
    customer(number: $number) {
      id
      number
      kind
      sex
      idType
      name {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      phone {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      idNumber {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      birthDate {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      address {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      occupation {
        text
        isMasked
        canReveal
        lock {
          code
          policy
        }
      }
      tier {
        code
        rank
        name
        nameEn
      }
      tierSinceOn
      homeUnit {
        id
        name
      }
      manager {
        id
        name
      }
      averageAssets {
        fen
        range
        isMasked
      }
      assetsChange {
        fen
        range
        isMasked
      }
      lastContactOn
      nextDueOn
      open: obligations(first: 20, state: OPEN) {
        nodes {
          id
          kind
          state
          article
          opensOn
          planOn
          dueOn
          postponed
          tier {
            code
          }
        }
      }
      complaints(first: 20) {
        id
        channel
        takenAt
        dueAt
        state
        closedAt
        cause
        text {
          text
        }
        owner {
          id
          name
        }
      }
      expenses(first: 20) {
        id
        occasion
        amountFen
        spentOn
        voucherNo
        staff {
          id
          name
        }
      }
    }
  }
`);

export type CustomerFile = NonNullable<ResultOf<typeof CustomerFileDocument>["customer"]>;
