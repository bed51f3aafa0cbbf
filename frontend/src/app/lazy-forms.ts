import { lazyPart } from "@/lib/lazy-part";

/** The form of the main job; pages of two features open it, so the app hands it to them. */
export const NoteActivityForm = lazyPart(() =>
  import("@/features/activities/note-activity-form").then((part) => part.NoteActivityForm),
);
