import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { FieldProblem } from "./field-problem";
import { Icon } from "./icon";

export type Option = { id: string; label: string };

type Props = {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (id: string) => void;
  name?: string;
  isLabelHidden?: boolean;
  isRequired?: boolean;
  placeholder?: string;
};

/** One of a few. */
export function Select({ label, options, value, onChange, name, isLabelHidden, isRequired, placeholder }: Props) {
  return (
    <AriaSelect
      className="field"
      value={value || null}
      onChange={(id) => onChange(id === null ? "" : String(id))}
      isRequired={isRequired ?? false}
      {...(placeholder !== undefined && { placeholder })}
      {...(name && { name })}
      {...(isLabelHidden && { "aria-label": label })}
    >
      {!isLabelHidden && <Label>{label}</Label>}
      <Button className="select-button">
        <SelectValue className="select-text" />
        <Icon name="down" size={15} />
      </Button>
      <FieldProblem />
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} className="option" textValue={option.label}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
