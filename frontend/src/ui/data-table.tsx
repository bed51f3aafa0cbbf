import { memo, type ReactNode } from "react";
import { t } from "@/lib/i18n";
import { SortHead } from "./sort-head";

export type Column<Row, Sort extends string = string> = {
  id: string;
  title: string;
  width: number;
  unit?: string;
  isEnd?: boolean;
  isWrapped?: boolean;
  /** What the first press of the head sorts by, and what the second. */
  sorts?: readonly Sort[];
  cell: (row: Row) => ReactNode;
};

type Props<Row, Sort extends string> = {
  caption: string;
  columns: readonly Column<Row, Sort>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  cursor?: string | null;
  /** Rows to leave room for while the first answer is awaited. */
  awaited?: number;
};

/** A native table with fixed columns; sorting is the server's job. */
export function DataTable<Row, Sort extends string>(props: Props<Row, Sort>) {
  const { caption, columns, rows, idOf, sort, onSort, cursor, awaited = 0 } = props;
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div className="table-wrap">
      <table className="table" style={{ minWidth: width }}>
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHead key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {awaited > 0 && rows.length === 0
            ? Array.from({ length: awaited }, (_, index) => <AwaitedRow key={index} columns={columns.length} />)
            : rows.map((row) => (
                <TableRow key={idOf(row)} id={idOf(row)} row={row} columns={columns as readonly Column<unknown>[]} isAt={cursor === idOf(row)} />
              ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { id: string; row: unknown; columns: readonly Column<unknown>[]; isAt: boolean };

const TableRow = memo(function TableRow({ id, row, columns, isAt }: RowProps) {
  return (
    <tr id={`row-${id}`} tabIndex={-1} aria-current={isAt || undefined}>
      {columns.map((column) => (
        <td key={column.id} className={column.isEnd ? "end" : column.isWrapped ? "wrap" : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
});

function AwaitedRow({ columns }: { columns: number }) {
  return (
    <tr>
      {Array.from({ length: columns }, (_, index) => (
        <td key={index}>
          <span className="skeleton" />
          {index === 0 && <span className="visually-hidden">{t("shell.loading")}</span>}
        </td>
      ))}
    </tr>
  );
}
