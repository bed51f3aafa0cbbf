import { useMemo } from "react";
import { type AnyVariables, type TypedDocumentNode, useQuery } from "urql";

/**
 * Ask for a list, and again after a mutation that touches one of its types.
 *
 * An empty list names no type in its answer, so the types are said here.
 */
export function useList<Answer, Variables extends AnyVariables>(
  query: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
  typenames: readonly string[],
  isPaused = false,
) {
  const joined = typenames.join();
  const context = useMemo(() => ({ additionalTypenames: joined.split(",") }), [joined]);
  return useQuery<Answer, Variables>({ query, variables, context, pause: isPaused } as never);
}
