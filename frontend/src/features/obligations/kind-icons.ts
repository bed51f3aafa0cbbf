import type { ActivityKind } from "@/lib/handed-parts";
import type { IconName } from "@/ui/icon";
import type { QueueRow } from "./work-queue.gql";

type Kind = QueueRow["kind"];

export const ICON_OF: Record<Kind, IconName> = {
  CALL: "call",
  VISIT: "visit",
  BIRTHDAY: "birthday",
  FESTIVAL: "festival",
  WELCOME: "welcome",
};

/** What is usually done for an obligation; the form opens with it. */
export const USUAL_ACTIVITY: Record<Kind, ActivityKind> = {
  CALL: "CALL",
  VISIT: "VISIT",
  BIRTHDAY: "CALL",
  FESTIVAL: "MESSAGE",
  WELCOME: "CALL",
};
