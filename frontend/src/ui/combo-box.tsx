import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { t } from "@/lib/i18n";
import { FieldProblem } from "./field-problem";
import { Icon } from "./icon";

type Option = { id: string; label: string; detail?: string };

type Props = {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (id: string) => void;
  name?: string;
  placeholder?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
};

/** One of many, found by typing. */
export function ComboBox({ label, options, value, onChange, name, placeholder, isRequired, autoFocus }: Props) {
  return (
    <AriaComboBox
      className="field"
      defaultItems={options}
      value={value || null}
      onChange={(id) => onChange(id === null ? "" : String(id))}
      menuTrigger="focus"
      isRequired={isRequired ?? false}
      {...(name && { name })}
      {...(autoFocus && { autoFocus })}
    >
      <Label>{label}</Label>
      <div className="group-input">
        <Input className="input" {...(placeholder !== undefined && { placeholder })} />
        <Button>
          <Icon name="down" size={15} />
        </Button>
      </div>
      <FieldProblem />
      <Popover className="popover">
        <ListBox<Option> className="options" renderEmptyState={() => <p className="options-empty">{t("combo.none")}</p>}>
          {(option) => (
            <ListBoxItem id={option.id} className="option" textValue={option.label}>
              {option.label}
              {option.detail && <span className="muted small">{option.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
