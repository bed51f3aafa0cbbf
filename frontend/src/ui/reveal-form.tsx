import { useState } from "react";
import { t } from "@/lib/i18n";
import type { Problem } from "@/lib/problems";
import { Button } from "./button";
import { FormArea } from "./form-area";
import { Select } from "./select";

type Props = { problems: readonly Problem[]; isSending: boolean; onReveal: (purpose: string) => void };

const PURPOSES = ["contact", "identity", "gift", "complaint", "other"] as const;

/** What a clear value is wanted for; the purpose's code goes into the audit trail. */
export function RevealForm({ problems, isSending, onReveal }: Props) {
  const [purpose, setPurpose] = useState<string>("contact");
  const options = PURPOSES.map((id) => ({ id, label: t(`purpose.${id}`) }));

  return (
    <FormArea problems={problems} fields={["purpose"]} onSave={() => onReveal(purpose)}>
      <Select label={t("reveal.purpose")} options={options} value={purpose} onChange={setPurpose} />
      <div className="form-actions">
        <Button type="submit" tone="primary" icon="eye" isBusy={isSending}>
          {t("reveal.submit")}
        </Button>
        <span className="hint">{t("reveal.logged")}</span>
      </div>
    </FormArea>
  );
}
