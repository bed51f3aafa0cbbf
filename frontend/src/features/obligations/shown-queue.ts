import { useState } from "react";
import type { QueueRow } from "./work-queue.gql";

export type Standing = "open" | "settled" | "gone";
export type ShownRow = { row: QueueRow; standing: Standing };

/**
 * Lay a fresh answer over the rows on screen without moving any of them.
 *
 * Rows keep their place and take their new values; one that has left the queue stays, marked; new ones are counted.
 */
export function layOver(shown: readonly QueueRow[], fresh: readonly QueueRow[], settled: ReadonlySet<string>) {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.map((row) => row.id));
  const rows = shown.map((before): ShownRow => {
    const now = byId.get(before.id);
    const standing = settled.has(before.id) ? "settled" : now ? "open" : "gone";
    return { row: now ?? before, standing };
  });
  return { rows, arrived: fresh.filter((row) => !known.has(row.id)).length };
}

/**
 * The queue as it stands on screen.
 *
 * Args:
 *   question: What was asked; another question starts a new list.
 *   fresh: The newest answer to it, or undefined while it is awaited.
 */
export function useShownQueue(question: string, fresh: readonly QueueRow[] | undefined) {
  const [shown, setShown] = useState<{ question: string; rows: readonly QueueRow[] } | null>(null);
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());

  if (fresh && shown?.question !== question) setShown({ question, rows: inOrder(fresh) });
  const { rows, arrived } = layOver(shown?.rows ?? [], fresh ?? shown?.rows ?? [], settled);

  return {
    rows,
    arrived,
    isAwaited: shown === null,
    take: () => setShown(fresh ? { question, rows: inOrder(fresh) } : null),
    markSettled: (ids: readonly string[]) => setSettled((before) => new Set([...before, ...ids])),
    drop: (ids: readonly string[]) =>
      setShown((before) => before && { ...before, rows: before.rows.filter((row) => !ids.includes(row.id)) }),
  };
}

/** What has been overdue longest comes first; the rest stays in the order of its planned day. */
export function inOrder(rows: readonly QueueRow[]): readonly QueueRow[] {
  const overdue = rows.filter((row) => row.group === "OVERDUE");
  const rest = rows.filter((row) => row.group !== "OVERDUE");
  return [...overdue.sort((one, other) => one.dueOn.localeCompare(other.dueOn)), ...rest];
}
