import { currentLanguage, t } from "@/lib/i18n";
import type { Demo, DemoAccount } from "./demo-accounts";

type Props = { demo: Demo; picked: DemoAccount | null; onPick: (account: DemoAccount) => void };

/** Made-up staff, one click each to fill the form. */
export function DemoAccounts({ demo, picked, onPick }: Props) {
  const isEnglish = currentLanguage() === "en";
  return (
    <section className="door-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t("demo.title")}</h2>
      <p className="muted">{t("demo.lead")}</p>
      <ul>
        {demo.accounts.map((account) => (
          <li key={account.staffNo}>
            <button
              type="button"
              className="demo-account"
              aria-pressed={picked?.staffNo === account.staffNo}
              onClick={() => onPick(account)}
            >
              <span className="demo-name">{account.name}</span>
              <span className="demo-role">{isEnglish ? account.roleEn : account.role}</span>
              <span className="demo-unit">{account.unit}</span>
              <span className="demo-try">{isEnglish ? account.whatToTryEn : account.whatToTry}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="muted">{t("demo.password", { password: demo.password })}</p>
    </section>
  );
}
