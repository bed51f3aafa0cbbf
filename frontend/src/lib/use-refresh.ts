import { useEffect, useRef } from "react";

const EVERY_MS = 60_000;

/** Ask anew every minute while the page is in sight, and when the reader comes back to it. */
export function useRefresh(ask: () => void) {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") latest.current();
    };
    const timer = setInterval(refresh, EVERY_MS);
    addEventListener("focus", refresh);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", refresh);
    };
  }, []);
}
