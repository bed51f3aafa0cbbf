import { useState } from "react";
import { t } from "@/lib/i18n";
import { say } from "@/lib/toasts";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { Drawer } from "@/ui/drawer";
import { FormArea } from "@/ui/form-area";
import { TextField } from "@/ui/text-field";
import { AmendCustomerDocument } from "./amend-customer.gql";
import type { CustomerFile } from "./customer-file.gql";

const FIELDS = ["phone", "address", "occupation"] as const;

type Props = { customer: CustomerFile; onClose: () => void };

/** New values for what has changed. The old ones stand beside them masked and are never sent back. */
export function AmendDrawer({ customer, onClose }: Props) {
  const [isDirty, setDirty] = useState(false);
  const { act, problems, isSending } = useAct(AmendCustomerDocument);

  return (
    <Drawer title={t("amend.title")} isDirty={isDirty} onClose={onClose}>
      <p className="muted">{t("amend.lead")}</p>
      <FormArea problems={problems} fields={FIELDS} onSave={(form) => void amend(form)}>
        {FIELDS.map((field) => (
          <TextField
            key={field}
            name={field}
            label={t(`customer.${field}`)}
            placeholder={customer[field].text ?? ""}
            onChange={() => setDirty(true)}
            autoComplete="off"
            autoFocus={field === "phone"}
            {...(field === "address" && { rows: 2 })}
          />
        ))}
        <div className="form-actions">
          <Button type="submit" tone="primary" isBusy={isSending}>
            {t("amend.save")}
          </Button>
          <span className="hint">{t("form.keys")}</span>
        </div>
      </FormArea>
    </Drawer>
  );

  async function amend(form: FormData) {
    const changes = FIELDS.map((field) => [field, String(form.get(field) ?? "").trim()] as const).filter(([, text]) => text);
    if (changes.length === 0) return onClose();
    const done = await act({ input: { customerId: customer.id, ...Object.fromEntries(changes) } });
    if (!done) return;
    say({ tone: "ok", text: t("amend.done") });
    onClose();
  }
}
