import type { ReactNode } from "react";

type Props = { title: string; status?: ReactNode; children?: ReactNode };

/** The first row of a page: what it is, how it stands, what can be done. */
export function PageHead({ title, status, children }: Props) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      <p className="page-status" role="status">
        {status}
      </p>
      {children && <div className="page-actions">{children}</div>}
    </header>
  );
}
