import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { FieldProblem } from "./field-problem";

type Choice = { id: string; label: string; letter?: string };

type Props = {
  name: string;
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (id: string) => void;
  autoFocus?: boolean;
};

/** One of a few, all in sight, each with its key. */
export function RadioRow({ name, label, choices, value, onChange, autoFocus }: Props) {
  return (
    <RadioGroup className="radios" name={name} value={value} onChange={onChange} orientation="horizontal" isRequired>
      <Label className="field-legend">{label}</Label>
      <div className="radio-row">
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className="radio"
            autoFocus={autoFocus === true && choice.id === (value || choices[0]?.id)}
          >
            {choice.label}
            {choice.letter && <kbd aria-hidden="true">{choice.letter}</kbd>}
          </Radio>
        ))}
      </div>
      <FieldProblem />
    </RadioGroup>
  );
}
