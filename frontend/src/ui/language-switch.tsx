import { currentLanguage, type Language, switchLanguage, t } from "@/lib/i18n";

type Props = { onSwitched?: (language: Language) => void };

/** The other language, named in its own words. */
export function LanguageSwitch({ onSwitched }: Props) {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  return (
    <button type="button" className="quiet-button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => void change()}>
      {t("shell.otherLanguage")}
    </button>
  );

  async function change() {
    await switchLanguage(other);
    onSwitched?.(other);
  }
}
