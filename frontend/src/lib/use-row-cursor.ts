import { useEffect, useState } from "react";
import { useKeys } from "./keys";

/** J and K walk the rows of a table, Enter opens the one they are at. */
export function useRowCursor(ids: readonly string[], open: (id: string) => void) {
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => {
    if (!at) return;
    const row = document.getElementById(`row-${at}`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }, [at]);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: (event) => isOnRow(event) && step(1, event),
    arrowup: (event) => isOnRow(event) && step(-1, event),
    enter: (event) => at && isOnRow(event) && open(at),
  });
  return at;

  function step(by: number, event?: KeyboardEvent) {
    event?.preventDefault();
    const from = at === null ? -1 : ids.indexOf(at);
    const next = from < 0 ? ids[0] : ids[Math.min(Math.max(from + by, 0), ids.length - 1)];
    if (next !== undefined) setAt(next);
  }
}

const isOnRow = (event: KeyboardEvent) => event.target instanceof HTMLElement && event.target.id.startsWith("row-");
