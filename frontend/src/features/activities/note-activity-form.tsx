import { type KeyboardEvent, useState } from "react";
import { addDays, today } from "@/lib/clock";
import type { ActivityKind, NoteActivityFormProps } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { newRequestKey } from "@/lib/request-key";
import { useAct } from "@/lib/use-act";
import { activityKindName, outcomeName } from "@/lib/words";
import { Button } from "@/ui/button";
import { DateField } from "@/ui/date-field";
import { FormArea } from "@/ui/form-area";
import { RadioRow } from "@/ui/radio-row";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { CompanionField } from "./companion-field";
import { NoteActivityDocument } from "./note-activity.gql";
import { sayNoted } from "./say-noted";

const KINDS: readonly ActivityKind[] = ["CALL", "VISIT", "MESSAGE", "CARD", "GIFT", "EVENT"];
const OUTCOMES = ["REACHED", "UNREACHED", "RESCHEDULED", "DECLINED", "INVALID"] as const;
const TYPED_IN = "input:not([type=radio]), textarea, [role=spinbutton]";
const NEXT_WITHIN_DAYS = 366;

/** What was done with a customer: how, with what outcome, when, what comes next. */
export function NoteActivityForm({ customerId, kind: usual, unitId, isJoint, onDone, onCancel, onDirty }: NoteActivityFormProps) {
  const [requestKey] = useState(newRequestKey);
  const [kind, setKind] = useState<ActivityKind>(usual);
  const [outcome, setOutcome] = useState<string>("REACHED");
  const [happenedOn, setHappenedOn] = useState(today);
  const [nextOn, setNextOn] = useState("");
  const [withStaffId, setWithStaffId] = useState("");
  const { act, problems, isSending } = useAct(NoteActivityDocument);

  return (
    <div onKeyDownCapture={pickByDigit} onChange={onDirty}>
      <FormArea
        problems={problems}
        fields={["kind", "outcome", "happenedOn", "nextOn", "withStaffId", "note"]}
        className="note-activity"
        onSave={(form) => void note(form)}
        {...(!onDirty && { onEscape: onCancel })}
      >
        <RadioRow
          name="outcome"
          label={t("activity.outcome")}
          value={outcome}
          onChange={setOutcome}
          choices={OUTCOMES.map((id, index) => ({ id, label: outcomeName(id), letter: String(index + 1) }))}
          autoFocus
        />
        <div className="form-row">
          <Select
            name="kind"
            label={t("activity.kind")}
            options={KINDS.map((id) => ({ id, label: activityKindName(id) }))}
            value={kind}
            onChange={(id) => setKind(KINDS.find((each) => each === id) ?? usual)}
          />
          <DateField name="happenedOn" label={t("activity.happenedOn")} value={happenedOn} onChange={setHappenedOn} latest={today()} isRequired />
          <DateField
            name="nextOn"
            label={t("activity.nextOn")}
            value={nextOn}
            onChange={setNextOn}
            earliest={today()}
            latest={addDays(today(), NEXT_WITHIN_DAYS)}
          />
          {kind === "VISIT" && <CompanionField unitId={unitId} isAsked={isJoint ?? false} value={withStaffId} onChange={setWithStaffId} />}
        </div>
        <TextField name="note" label={t("activity.note")} placeholder={t("activity.noteHint")} rows={2} maxLength={2000} />
        <div className="form-actions">
          <Button type="submit" tone="primary" isBusy={isSending}>
            {t("activity.save")}
          </Button>
          <Button onPress={onCancel}>{t("form.cancel")}</Button>
          <span className="hint">{t("activity.keys")}</span>
        </div>
      </FormArea>
    </div>
  );

  async function note(form: FormData) {
    const done = await act({
      input: {
        customerId,
        kind,
        outcome: OUTCOMES.find((each) => each === outcome) ?? "REACHED",
        happenedOn,
        note: String(form.get("note") ?? "").trim() || null,
        nextOn: nextOn || null,
        withStaffId: kind === "VISIT" && withStaffId ? withStaffId : null,
        requestKey,
      },
    });
    if (!done) return;
    sayNoted(done.settled);
    onDone(done.settled);
  }

  function pickByDigit(event: KeyboardEvent) {
    const picked = OUTCOMES[Number(event.key) - 1];
    if (!(event.target instanceof Element && event.currentTarget.contains(event.target))) return;
    const isTyping = event.target.closest(TYPED_IN);
    if (picked && !isTyping && !event.ctrlKey) setOutcome(picked);
  }
}
