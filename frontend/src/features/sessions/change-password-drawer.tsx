import { useState } from "react";
import { t } from "@/lib/i18n";
import { say } from "@/lib/toasts";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { Drawer } from "@/ui/drawer";
import { FormArea } from "@/ui/form-area";
import { TextField } from "@/ui/text-field";
import { ChangePasswordDocument } from "./change-password.gql";

/** A new password for oneself. */
export function ChangePasswordDrawer({ onClose }: { onClose: () => void }) {
  const [again, setAgain] = useState("");
  const [next, setNext] = useState("");
  const { act, problems, isSending } = useAct(ChangePasswordDocument);
  const isOther = again !== "" && again !== next;

  return (
    <Drawer title={t("staffMenu.password")} isDirty={next !== ""} onClose={onClose}>
      <FormArea problems={problems} fields={["current", "new"]} onSave={(form) => void change(form)}>
        <TextField name="current" type="password" label={t("password.current")} autoComplete="current-password" isRequired autoFocus />
        <TextField
          name="new"
          type="password"
          label={t("password.new")}
          hint={t("password.hint")}
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          isRequired
        />
        <TextField
          name="again"
          type="password"
          label={t("password.again")}
          hint={isOther ? t("password.differs") : undefined}
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          isRequired
        />
        <div className="form-actions">
          <Button type="submit" tone="primary" isBusy={isSending} isDisabled={isOther}>
            {t("staffMenu.password")}
          </Button>
          <span className="hint">{t("form.keys")}</span>
        </div>
      </FormArea>
    </Drawer>
  );

  async function change(form: FormData) {
    if (isOther) return;
    const done = await act({ input: { current: String(form.get("current")), new: next } });
    if (!done) return;
    say({ tone: "ok", text: t("password.done") });
    onClose();
  }
}
