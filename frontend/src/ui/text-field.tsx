import type { KeyboardEventHandler } from "react";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField, type TextFieldProps } from "react-aria-components/TextField";
import { FieldProblem } from "./field-problem";

type Props = Omit<TextFieldProps, "children" | "className"> & {
  label: string;
  hint?: string | undefined;
  placeholder?: string;
  rows?: number;
  isCompact?: boolean;
  onKeyUpInInput?: KeyboardEventHandler;
};

/** A line of text, or several with `rows`, under its label. */
export function TextField({ label, hint, placeholder, rows, isCompact, onKeyUpInInput, ...rest }: Props) {
  const shown = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField {...rest} className={`field ${isCompact ? "field-compact" : ""}`}>
      <Label>{label}</Label>
      {rows ? (
        <TextArea className="input" rows={rows} {...shown} />
      ) : (
        <Input className="input" {...shown} {...(onKeyUpInInput && { onKeyUp: onKeyUpInInput })} />
      )}
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldProblem />
    </AriaTextField>
  );
}
