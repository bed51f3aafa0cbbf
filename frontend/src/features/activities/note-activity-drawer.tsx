import { useState } from "react";
import type { NoteActivityFormProps } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { Drawer } from "@/ui/drawer";
import { NoteActivityForm } from "./note-activity-form";

/** The same form from the side, for the customer file. */
export function NoteActivityDrawer(props: NoteActivityFormProps) {
  const [isDirty, setDirty] = useState(false);
  return (
    <Drawer title={t("activity.drawer")} isDirty={isDirty} onClose={props.onCancel}>
      <NoteActivityForm {...props} onDirty={() => setDirty(true)} />
    </Drawer>
  );
}
