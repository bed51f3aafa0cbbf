import { useState } from "react";
import type { VariablesOf } from "@/gql/graphql";
import { useList } from "@/lib/use-list";
import { useRefresh } from "@/lib/use-refresh";
import { useShownQueue } from "./shown-queue";
import { WorkQueueDocument } from "./work-queue.gql";

type Filter = NonNullable<VariablesOf<typeof WorkQueueDocument>["filter"]>;

const PAGE = 50;
export const QUEUE_LIMIT = 200;

/** Ask for a queue, keep it fresh, and keep its rows still while it is. */
export function useQueue(filter: Filter) {
  const [first, setFirst] = useState(PAGE);
  const variables = { first, filter };
  const [{ data: answer, error, operation }, ask] = useList(WorkQueueDocument, variables, ["Obligation"]);
  const question = JSON.stringify(variables);
  const isAnswered = JSON.stringify(operation?.variables) === question;
  const list = answer?.obligations;
  const shown = useShownQueue(question, isAnswered ? list?.nodes : undefined);
  const refresh = () => ask({ requestPolicy: "network-only" });
  useRefresh(refresh);

  return {
    ...shown,
    error: list ? undefined : error,
    refresh,
    total: list?.total ?? 0,
    countOf: (group: string) => list?.counts.find((each) => each.group === group)?.count ?? 0,
    hasMore: (list?.total ?? 0) > first,
    isAtLimit: first >= QUEUE_LIMIT,
    showMore: () => setFirst((before) => Math.min(before + PAGE, QUEUE_LIMIT)),
  };
}
