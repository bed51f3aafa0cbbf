import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { Settled } from "@/lib/handed-parts";
import { useKeys } from "@/lib/keys";
import type { useQueue } from "./use-queue";

type Form = "note" | "postpone";
type Opened = { id: string; form: Form } | null;

const SETTLED_SHOWN_MS = 1_600;

/** Which row the keyboard is at, which one is open, and what follows a save. */
export function useQueueCursor(queue: ReturnType<typeof useQueue>) {
  const [at, setAt] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened>(null);
  const [, go] = useLocation();
  const open = queue.rows.filter(({ standing }) => standing === "open").map(({ row }) => row);
  const toggle = useCallback((id: string, form: Form) => {
    setAt(id);
    setOpened((before) => (before?.id === id && before.form === form ? null : { id, form }));
  }, []);
  useKeys(
    opened
      ? {}
      : {
          j: () => step(1),
          k: () => step(-1),
          arrowdown: (event) => isOnRow(event) && step(1, event),
          arrowup: (event) => isOnRow(event) && step(-1, event),
          enter: (event) => isOnRow(event) && openFile(),
          e: (event) => at && toggleBy(event, at, "note"),
          p: (event) => at && toggleBy(event, at, "postpone"),
        },
  );
  useEffect(() => {
    if (at && !opened) focusRow(at);
  }, [at, opened]);

  return {
    at,
    opened,
    fold: useCallback(() => setOpened(null), []),
    toggleNote: useCallback((id: string) => toggle(id, "note"), [toggle]),
    togglePostpone: useCallback((id: string) => toggle(id, "postpone"), [toggle]),
    postponed: (id: string) => moveOn(id),
    noted(id: string, settled: readonly Settled[]) {
      const ids = settled.map((each) => each.id);
      queue.markSettled(ids);
      moveOn(id);
      setTimeout(() => queue.drop(ids), SETTLED_SHOWN_MS);
    },
  };

  function step(by: number, event?: KeyboardEvent) {
    event?.preventDefault();
    const from = open.findIndex((row) => row.id === at);
    const next = from < 0 ? open[0] : open[Math.min(Math.max(from + by, 0), open.length - 1)];
    if (next) setAt(next.id);
  }

  function openFile() {
    const row = open.find((each) => each.id === at);
    if (row) go(`/customers/${row.customer.number}`);
  }

  function toggleBy(event: KeyboardEvent, id: string, form: Form) {
    event.preventDefault(); // or the letter lands in the form that opens
    toggle(id, form);
  }

  function moveOn(from: string) {
    const index = open.findIndex((row) => row.id === from);
    setAt((open[index + 1] ?? open[index - 1])?.id ?? null);
    setOpened(null);
  }
}

const isOnRow = (event: KeyboardEvent) =>
  event.target instanceof HTMLElement && event.target.classList.contains("queue-row");

function focusRow(id: string) {
  const row = document.getElementById(`row-${id}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}
