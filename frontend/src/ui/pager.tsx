import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Select } from "./select";

type Info = { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };

export type Page = { after: string; before: string; size: string };

type Props = {
  info: Info | undefined;
  shown: number;
  total: number | undefined;
  size: string;
  onTurn: (page: Partial<Page>) => void;
};

const SIZES = ["50", "100", "200"];

/** Keyset paging: to and fro from where one is; a position is a row, never a number of rows skipped. */
export function Pager({ info, shown, total, size, onTurn }: Props) {
  return (
    <div className="table-foot">
      <span>{total === undefined ? "" : t("pager.shown", { shown, n: total })}</span>
      <div className="pager">
        <Select
          label={t("pager.size")}
          isLabelHidden
          options={SIZES.map((id) => ({ id, label: t("pager.rows", { n: id }) }))}
          value={size}
          onChange={(next) => onTurn({ size: next, after: "", before: "" })}
        />
        <Button
          size="small"
          icon="left"
          isDisabled={!info?.hasPreviousPage}
          onPress={() => onTurn({ before: info?.startCursor ?? "", after: "" })}
        >
          {t("pager.previous")}
        </Button>
        <Button
          size="small"
          icon="right"
          isDisabled={!info?.hasNextPage}
          onPress={() => onTurn({ after: info?.endCursor ?? "", before: "" })}
        >
          {t("pager.next")}
        </Button>
      </div>
    </div>
  );
}

/** The arguments of a connection for a place in it. */
export function connectionArguments({ after, before, size }: Page) {
  const rows = SIZES.includes(size) ? Number(size) : Number(SIZES[0]);
  if (before) return { first: null, last: rows, before, after: null };
  return { first: rows, after: after || null, last: null, before: null };
}
