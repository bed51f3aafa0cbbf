import { useEffect, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let shown = 0;

/** Count a clear value as on screen while the component stands. */
export function useCountAsRevealed(isShown: boolean) {
  useEffect(() => {
    if (!isShown) return undefined;
    change(1);
    return () => change(-1);
  }, [isShown]);
}

/** How many revealed values are on screen. */
export function useRevealed(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

function change(by: number) {
  shown += by;
  for (const listener of listeners) listener();
}
