import type { ComponentType } from "react";
export function CustomerPage(_: { number: string; NoteActivityForm: ComponentType<object> }) {
  return <p />;
}
