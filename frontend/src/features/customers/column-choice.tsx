import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { CheckBox } from "@/ui/check-box";

type Props = {
  columns: readonly { id: string; title: string }[];
  shown: readonly string[];
  onChange: (ids: readonly string[]) => void;
};

/** Which columns the table has. */
export function ColumnChoice({ columns, shown, onChange }: Props) {
  return (
    <DialogTrigger>
      <Button icon="columns" size="small">
        {t("columns.title")}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="popover-narrow" aria-label={t("columns.title")}>
          <CheckboxGroup aria-label={t("columns.title")} value={[...shown]} onChange={onChange} className="check-column">
            {columns.slice(1).map((column) => (
              <CheckBox key={column.id} value={column.id}>
                {column.title}
              </CheckBox>
            ))}
          </CheckboxGroup>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
