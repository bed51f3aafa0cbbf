import { useState } from "react";
import type { AssignCustomerFormProps } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { LOOKS_AFTER_CUSTOMERS, useColleagues } from "@/lib/reach/use-reach";
import { say } from "@/lib/toasts";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { ComboBox } from "@/ui/combo-box";
import { FormArea } from "@/ui/form-area";
import { TextField } from "@/ui/text-field";
import { AssignCustomerDocument } from "./assign-customer.gql";

/** Who looks after a customer from today, and why. */
export function AssignCustomerForm({ customerId, unitId, onDone, onCancel }: AssignCustomerFormProps) {
  const [managerId, setManagerId] = useState("");
  const colleagues = useColleagues(LOOKS_AFTER_CUSTOMERS, unitId);
  const { act, problems, isSending } = useAct(AssignCustomerDocument);

  return (
    <FormArea problems={problems} fields={["managerId", "reason"]} onSave={(form) => void assign(form)} onEscape={onCancel}>
      <div className="form-row">
        <ComboBox
          key={colleagues.length}
          name="managerId"
          label={t("assign.manager")}
          options={colleagues.map((staff) => ({ id: staff.id, label: staff.name, detail: staff.unit.name }))}
          value={managerId}
          onChange={setManagerId}
          isRequired
          autoFocus
        />
        <TextField name="reason" label={t("assign.reason")} placeholder={t("assign.hint")} isRequired maxLength={200} />
      </div>
      <div className="form-actions">
        <Button type="submit" tone="primary" isBusy={isSending}>
          {t("assign.save")}
        </Button>
        <Button onPress={onCancel}>{t("form.cancel")}</Button>
      </div>
    </FormArea>
  );

  async function assign(form: FormData) {
    const done = await act({ input: { customerId, managerId, reason: String(form.get("reason")).trim() } });
    if (!done?.customer) return;
    say({ tone: "ok", text: t("assign.done", { name: done.customer.manager?.name ?? "" }) });
    onDone();
  }
}
