import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

type Props = { label: string; children: ReactNode };

/** A part that scrolls sideways where it is wider than its place; only then is it a stop for the keyboard. */
export function ScrollArea({ label, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [isWider, setWider] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div ref={place} className="scroll-area" {...(isWider && { tabIndex: 0, role: "group", "aria-label": label })}>
      {children}
    </div>
  );
}
