import { useSyncExternalStore } from "react";

export type Toast = { id: number; tone: "ok" | "danger" | "info"; text: string; detail?: string };

const SHOWN_MS = 6_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let lastId = 0;

/** Say what has happened; errors stay until they are closed. */
export function say(toast: Omit<Toast, "id">) {
  const id = (lastId += 1);
  change([...toasts, { id, ...toast }]);
  if (toast.tone !== "danger") setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number) {
  change(toasts.filter((each) => each.id !== id));
}

export function useToasts() {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}
