import type { ComponentType } from "react";
export function WorkQueuePage(_: { NoteActivityForm: ComponentType<object> }) {
  return <p />;
}
