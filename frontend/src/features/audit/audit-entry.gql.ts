import { graphql, type ResultOf } from "@/gql/graphql";

/** One entry with the very bytes that are hashed. */
export const AuditEntryDocument = graphql(`
  query AuditEntry($index: Int!) {
    auditEntry(index: $index) {
      id
      index
      at
      action
      result
      staffNo
      roles
      unit
      line
      purpose
      operation
      requestId
      leafHash
      canonical
    }
  }
`);

export type WholeEntry = NonNullable<ResultOf<typeof AuditEntryDocument>["auditEntry"]>;
