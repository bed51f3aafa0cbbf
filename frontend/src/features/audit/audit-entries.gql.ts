import { graphql, type ResultOf } from "@/gql/graphql";

/** One page of the audit trail, newest first. */
export const AuditEntriesDocument = graphql(`
  query AuditEntries($first: Int!, $after: String, $filter: AuditEntryFilter) {
    auditEntries(first: $first, after: $after, filter: $filter) {
      nodes {
        id
        index
        at
        action
        result
        staffNo
        type
        rows
        customers
        fields {
          name
          clear
          masked
        }
        line
        purpose
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type AuditRow = ResultOf<typeof AuditEntriesDocument>["auditEntries"]["nodes"][number];
