import { type ComponentType, lazy, useState } from "react";

/**
 * A part that is fetched when it is first needed, or before by `preload`.
 *
 * Once fetched it is drawn at once: a lazy part behind Suspense is held back up to 300 ms.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | undefined;
  const fetched = () => load().then((part) => (loaded = part));
  const Lazy = lazy(() => fetched().then((part) => ({ default: part })));

  function Part(props: Props) {
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return <Chosen {...props} />;
  }
  return Object.assign(Part, { preload: fetched });
}

/** Fetch parts when the page has nothing else to do. */
export function preloadWhenIdle(...parts: { preload: () => Promise<unknown> }[]) {
  const start = () => void Promise.allSettled(parts.map((part) => part.preload()));
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 3_000 });
  else setTimeout(start, 1_500);
}
