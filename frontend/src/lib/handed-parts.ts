import type { ComponentType } from "react";

export type ActivityKind = "CALL" | "VISIT" | "MESSAGE" | "CARD" | "GIFT" | "EVENT";
export type Settled = { id: string; kind: string; article: string };

/** The form of one feature that pages of another open; the app hands it over. */
export type NoteActivityFormProps = {
  customerId: string;
  kind: ActivityKind;
  unitId?: string | undefined;
  isJoint?: boolean;
  onDone: (settled: readonly Settled[]) => void;
  onCancel: () => void;
  onDirty?: () => void;
};

export type AssignCustomerFormProps = {
  customerId: string;
  unitId?: string | undefined;
  onDone: () => void;
  onCancel: () => void;
};

export type HandedParts = {
  NoteActivityForm: ComponentType<NoteActivityFormProps>;
  NoteActivityDrawer: ComponentType<NoteActivityFormProps>;
  AssignCustomerForm: ComponentType<AssignCustomerFormProps>;
};
