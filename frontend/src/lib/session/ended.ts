const listeners = new Set<() => void>();

/** The server no longer knows this session. */
export function sessionEnded() {
  for (const listener of listeners) listener();
}

export function onSessionEnded(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
