import { graphql } from "@/gql/graphql";

/** What was done and is still owed this week, day by day. */
export const WeekLoadDocument = graphql(`
  query WeekLoad($owner: ID, $fromOn: Date) {
    week(owner: $owner, fromOn: $fromOn) {
      day
      open
      settled
      isWorkday
    }
  }
`);
