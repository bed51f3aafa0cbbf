import { graphql, type ResultOf } from "@/gql/graphql";

/** What was done with a customer, newest first, and the obligations that are past. */
export const CustomerTimelineDocument = graphql(`
  query CustomerTimeline($number: String!, $first: Int!) {
    customer(number: $number) {
      id
      activities(first: $first) {
        nodes {
          id
          kind
          outcome
          happenedOn
          nextOn
          note {
            text
          }
          staff {
            id
            name
          }
          withStaff {
            id
            name
          }
          settled {
            id
            kind
            article
          }
        }
        total
      }
    }
  }
`);

export type TimelineActivity = NonNullable<
  ResultOf<typeof CustomerTimelineDocument>["customer"]
>["activities"]["nodes"][number];
