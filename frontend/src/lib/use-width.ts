import { useLayoutEffect, useRef, useState } from "react";

/** The width that a chart has, so that its text keeps its size. */
export function useWidth<Place extends HTMLElement>(usual: number) {
  const place = useRef<Place>(null);
  const [width, setWidth] = useState(usual);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}
