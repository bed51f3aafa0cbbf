import { type ReactNode, useState } from "react";
import { t } from "@/lib/i18n";
import { ScrollArea } from "./scroll-area";

type Props = { title: string; summary?: ReactNode; chart: ReactNode; table: ReactNode; legend?: ReactNode };

/** A chart and the same as a table; either says everything. */
export function Figure({ title, summary, chart, table, legend }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <figure className="figure">
      <figcaption className="figure-head">
        <span className="muted small">{summary}</span>
        <span className="switch-group" role="group" aria-label={title}>
          <button type="button" aria-pressed={!isTable} onClick={() => setTable(false)}>
            {t("figure.chart")}
          </button>
          <button type="button" aria-pressed={isTable} onClick={() => setTable(true)}>
            {t("figure.table")}
          </button>
        </span>
      </figcaption>
      {isTable ? (
        <ScrollArea label={title}>{table}</ScrollArea>
      ) : (
        <>
          {chart}
          {legend}
        </>
      )}
    </figure>
  );
}
