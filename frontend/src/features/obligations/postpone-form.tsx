import { useState } from "react";
import { addDays, today } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { say } from "@/lib/toasts";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { DateField } from "@/ui/date-field";
import { FormArea } from "@/ui/form-area";
import { TextField } from "@/ui/text-field";
import { PostponeObligationDocument } from "./postpone-obligation.gql";
import type { QueueRow } from "./work-queue.gql";

type Props = { row: QueueRow; onDone: () => void; onCancel: () => void };

/** Another day for an obligation, not later than its window ends, and why. */
export function PostponeForm({ row, onDone, onCancel }: Props) {
  const [planOn, setPlanOn] = useState(() => later(row));
  const { act, problems, isSending } = useAct(PostponeObligationDocument);

  return (
    <FormArea problems={problems} fields={["planOn", "reason"]} onSave={(form) => void postpone(form)} onEscape={onCancel}>
      <div className="form-row">
        <DateField
          name="planOn"
          label={t("postpone.planOn", { due: row.dueOn })}
          value={planOn}
          onChange={setPlanOn}
          earliest={today()}
          isRequired
          autoFocus
        />
        <TextField name="reason" label={t("postpone.reason")} placeholder={t("postpone.hint")} isRequired maxLength={200} />
      </div>
      <div className="form-actions">
        <Button type="submit" tone="primary" isBusy={isSending}>
          {t("postpone.save")}
        </Button>
        <Button onPress={onCancel}>{t("form.cancel")}</Button>
        <span className="hint">{t("form.keys")}</span>
      </div>
    </FormArea>
  );

  async function postpone(form: FormData) {
    const done = await act({ input: { obligationId: row.id, planOn, reason: String(form.get("reason")).trim() } });
    if (!done?.obligation) return;
    say({ tone: "ok", text: t("postpone.done"), detail: t("postpone.until", { day: done.obligation.planOn }) });
    onDone();
  }
}

/** The day after the planned one, within the window and not before today. */
function later(row: QueueRow): string {
  const next = addDays(row.planOn > today() ? row.planOn : today(), 1);
  return next > row.dueOn ? (row.dueOn < today() ? today() : row.dueOn) : next;
}
