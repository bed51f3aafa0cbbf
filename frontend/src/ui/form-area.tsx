import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { Form } from "react-aria-components/Form";
import { byField, type Problem } from "@/lib/problems";
import { ProblemList } from "./problem-list";

type Props = {
  problems: readonly Problem[];
  fields: readonly string[];
  onSave: (form: FormData) => void;
  onEscape?: () => void;
  className?: string;
  children: ReactNode;
};

/** A form: Ctrl+Enter saves from anywhere in it, problems stand beside their field or at the foot. */
export function FormArea({ problems, fields, onSave, onEscape, className, children }: Props) {
  const { beside, rest } = byField(problems, fields);
  return (
    <div onKeyDownCapture={onKeyDown}>
      <Form className={`form ${className ?? ""}`} validationErrors={beside} onSubmit={submit}>
        <ProblemList problems={rest} />
        {children}
      </Form>
    </div>
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSave(new FormData(event.currentTarget));
  }

  // React Aria stops the keys that it handles itself, so these are caught on the way down.
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.nativeEvent.isComposing || !isInside(event)) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      saveFrom(event.currentTarget.querySelector("form"));
    } else if (event.key === "Escape" && onEscape) {
      event.stopPropagation();
      onEscape();
    }
  }
}

/** Leave the field first: only then is its text taken over, and a problem that stood beside it let go. */
function saveFrom(form: HTMLFormElement | null) {
  const field = document.activeElement;
  if (field instanceof HTMLElement) field.blur();
  setTimeout(() => {
    form?.requestSubmit();
    if (field instanceof HTMLElement && field.isConnected) field.focus();
  });
}

/** Popovers hang elsewhere in the page, yet React passes their keys up to the form. */
const isInside = (event: KeyboardEvent<HTMLDivElement>) =>
  event.target instanceof Node && event.currentTarget.contains(event.target);
