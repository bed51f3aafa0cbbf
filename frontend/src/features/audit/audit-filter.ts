import type { VariablesOf } from "@/gql/graphql";
import type { AuditEntriesDocument } from "./audit-entries.gql";

type Filter = NonNullable<VariablesOf<typeof AuditEntriesDocument>["filter"]>;
export type Result = NonNullable<Filter["result"]>;

export const AUDIT_DEFAULTS = { staff: "", action: "", result: "", customer: "", after: "" };
export type AuditFilters = typeof AUDIT_DEFAULTS;

export const RESULTS: readonly Result[] = ["DONE", "REFUSED", "FAILED"];

/** What the filter offers to look for; the trail may hold more. */
export const ACTIONS = [
  "customer_field:reveal",
  "customer:read",
  "obligation:read",
  "rating:read",
  "customer:amend",
  "customer:assign",
  "customer:shred",
  "activity:note",
  "obligation:postpone",
  "obligations:open",
  "delivery:import",
  "quarter:rate",
  "sign:in",
  "sign:out",
  "password:change",
  "password:set",
  "sessions:end",
  "staff:add",
  "keys:reseal",
  "keys:rotate",
  "audit_entry:read",
  "audit_trail:export",
  "trail:gap",
  "trail:set_aside",
] as const;

/** The server's filter for what the address says. */
export function auditFilter({ staff, action, result, customer }: AuditFilters): Filter {
  const came = RESULTS.find((each) => each === result);
  return {
    ...(staff && { staffNo: staff }),
    ...(action && { action }),
    ...(came && { result: came }),
    ...(customer && { customerNumber: customer }),
  };
}
