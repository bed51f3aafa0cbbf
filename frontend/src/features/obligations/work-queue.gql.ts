import { graphql, type ResultOf } from "@/gql/graphql";

/** The open obligations of a member of staff, or of a reach, in the order of their planned day. */
export const WorkQueueDocument = graphql(`
  query WorkQueue($first: Int!, $filter: ObligationFilter) {
    obligations(first: $first, filter: $filter) {
      nodes {
        id
        kind
        state
        group
        article
        opensOn
        planOn
        dueOn
        postponed
        tier {
          code
          rank
          name
          nameEn
        }
        owner {
          id
          name
        }
        unit {
          id
          name
        }
        customer {
          id
          number
          name {
            text
          }
        }
      }
      total
      counts {
        group
        count
      }
    }
  }
`);

export type QueueRow = ResultOf<typeof WorkQueueDocument>["obligations"]["nodes"][number];
