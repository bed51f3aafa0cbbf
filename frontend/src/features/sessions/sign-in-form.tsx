import { useState } from "react";
import { t } from "@/lib/i18n";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { FormArea } from "@/ui/form-area";
import { Icon } from "@/ui/icon";
import { TextField } from "@/ui/text-field";
import { SignInDocument } from "./sign-in.gql";

type Props = {
  staffNo: string;
  password: string;
  hasCapsLock: boolean;
  isNumberFixed?: boolean;
  onSignedIn: (lastSignedInAt: string | null) => void;
};

export function SignInForm({ staffNo, password, hasCapsLock, isNumberFixed, onSignedIn }: Props) {
  const [isShown, setShown] = useState(false);
  const { act, problems, isSending } = useAct(SignInDocument);

  return (
    <FormArea problems={problems} fields={["staffNo", "password"]} onSave={(form) => void signIn(form)}>
      <TextField
        name="staffNo"
        label={t("signIn.staffNo")}
        defaultValue={staffNo}
        autoComplete="username"
        autoFocus={!staffNo}
        isReadOnly={isNumberFixed ?? false}
        isRequired
      />
      <div className="password">
        <TextField
          name="password"
          label={t("signIn.password")}
          type={isShown ? "text" : "password"}
          defaultValue={password}
          autoComplete="current-password"
          autoFocus={staffNo !== "" && password === ""}
          isRequired
        />
        <button type="button" className="link-button password-eye" onClick={() => setShown(!isShown)}>
          {t(isShown ? "signIn.hidePassword" : "signIn.showPassword")}
        </button>
      </div>
      <p className="caps-lock" role="status">
        {hasCapsLock && (
          <>
            <Icon name="warning" size={15} />
            {t("signIn.capsLock")}
          </>
        )}
      </p>
      <Button type="submit" tone="primary" size="large" isBusy={isSending} autoFocus={password !== ""}>
        {t(isSending ? "signIn.busy" : "signIn.submit")}
      </Button>
    </FormArea>
  );

  async function signIn(form: FormData) {
    const input = { staffNo: String(form.get("staffNo")).trim(), password: String(form.get("password")) };
    const done = await act({ input });
    if (done?.me) onSignedIn(done.me.lastSignedInAt);
  }
}
