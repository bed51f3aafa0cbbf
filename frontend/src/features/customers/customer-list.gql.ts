import { graphql, type ResultOf } from "@/gql/graphql";

/** One page of the customers within reach that fit the filter, with their total and sum. */
export const CustomerListDocument = graphql(`
  query CustomerList(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filter: CustomerFilter
    $sort: CustomerSort
  ) {
    customers(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
      nodes {
        id
        number
        kind
        name {
          text
        }
        phone {
          text
        }
        idNumber {
          text
        }
        birthDate {
          text
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
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      total
      totalAssets {
        fen
        range
        isMasked
      }
    }
  }
`);

export type CustomerRow = ResultOf<typeof CustomerListDocument>["customers"]["nodes"][number];
