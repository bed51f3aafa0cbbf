import type { HandedParts } from "@/lib/handed-parts";
import { lazyPart } from "@/lib/lazy-part";

/** Forms that pages of several features open, so the app hands them over. */
const NoteActivityForm = lazyPart(() =>
  import("@/features/activities/note-activity-form").then((part) => part.NoteActivityForm),
);
const NoteActivityDrawer = lazyPart(() =>
  import("@/features/activities/note-activity-drawer").then((part) => part.NoteActivityDrawer),
);
const AssignCustomerForm = lazyPart(() =>
  import("@/features/customers/assign-customer-form").then((part) => part.AssignCustomerForm),
);

export const HANDED_PARTS = { NoteActivityForm, NoteActivityDrawer, AssignCustomerForm } satisfies HandedParts;
