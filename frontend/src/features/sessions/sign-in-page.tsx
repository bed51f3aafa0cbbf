import { type KeyboardEvent, useState } from "react";
import { t } from "@/lib/i18n";
import { setTheme, useTheme } from "@/lib/theme";
import { Brand } from "@/ui/brand";
import { IconButton } from "@/ui/button";
import { LanguageSwitch } from "@/ui/language-switch";
import { type DemoAccount, useDemo } from "./demo-accounts";
import { DemoAccounts } from "./demo-account-list";
import { SignInForm } from "./sign-in-form";

type Props = { onSignedIn: (lastSignedInAt: string | null) => void };

/** The door: staff number and password, and on a demo whom to try. */
export function SignInPage({ onSignedIn }: Props) {
  const demo = useDemo();
  const [picked, setPicked] = useState<DemoAccount | null>(null);
  const [hasCapsLock, setCapsLock] = useState(false);
  const theme = useTheme();

  return (
    <div className="door" onKeyDown={watchCapsLock} onKeyUp={watchCapsLock}>
      <header className="door-head">
        <LanguageSwitch />
        <IconButton
          icon={theme === "dark" ? "sun" : "moon"}
          label={t(theme === "dark" ? "shell.toLight" : "shell.toDark")}
          onPress={() => setTheme(theme === "dark" ? "light" : "dark")}
        />
      </header>
      <main className={demo ? "door-body door-body-wide" : "door-body"}>
        <section className="door-card" aria-labelledby="door-title">
          <Brand />
          <h1 id="door-title">{t("signIn.title")}</h1>
          <p className="muted">{t("signIn.lead")}</p>
          <SignInForm
            key={picked?.staffNo ?? ""}
            staffNo={picked?.staffNo ?? ""}
            password={picked && demo ? demo.password : ""}
            hasCapsLock={hasCapsLock}
            onSignedIn={onSignedIn}
          />
          <p className="door-foot">{t("signIn.notice")}</p>
        </section>
        {demo && <DemoAccounts demo={demo} picked={picked} onPick={setPicked} />}
      </main>
    </div>
  );

  function watchCapsLock(event: KeyboardEvent) {
    setCapsLock(event.getModifierState("CapsLock"));
  }
}

