import { t } from "@/lib/i18n";

type Props<Sort extends string> = {
  column: { title: string; unit?: string; isEnd?: boolean; sorts?: readonly Sort[] };
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
};

/** A column's head: its title, its unit, and the button that sorts by it. */
export function SortHead<Sort extends string>({ column, sort, onSort }: Props<Sort>) {
  const { title, unit, isEnd, sorts } = column;
  const words = (
    <>
      {title}
      {unit && <span className="unit">{t("table.unit", { unit })}</span>}
    </>
  );
  const at = sort === undefined ? -1 : (sorts?.indexOf(sort) ?? -1);
  const isDescending = sort?.endsWith("DESC") === true;
  if (!sorts || !onSort) {
    return (
      <th scope="col" className={isEnd ? "end" : undefined}>
        {words}
      </th>
    );
  }
  return (
    <th
      scope="col"
      className={isEnd ? "end" : undefined}
      aria-sort={at < 0 ? undefined : isDescending ? "descending" : "ascending"}
    >
      <button type="button" className="sort-button" data-sorted={at >= 0 || undefined} onClick={change}>
        {words}
        <span className="sort-glyph" aria-hidden="true">
          {at < 0 ? t("sort.none") : t(isDescending ? "sort.down" : "sort.up")}
        </span>
      </button>
    </th>
  );

  function change() {
    const next = sorts?.[(at + 1) % sorts.length];
    if (next) onSort?.(next);
  }
}
