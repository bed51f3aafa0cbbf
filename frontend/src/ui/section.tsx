import type { ReactNode } from "react";

type Props = { id: string; title: string; aside?: ReactNode; className?: string; children: ReactNode };

/** A card with a heading that the page's index can jump to. */
export function Section({ id, title, aside, className, children }: Props) {
  return (
    <section id={id} className={`card section ${className ?? ""}`} aria-labelledby={`${id}-title`}>
      <header className="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </header>
      <div className="card-body">{children}</div>
    </section>
  );
}
