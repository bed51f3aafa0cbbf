import { t } from "@/lib/i18n";

export function SkipLink() {
  return (
    <a href="#main" className="skip-link">
      {t("shell.skip")}
    </a>
  );
}
