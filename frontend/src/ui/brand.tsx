import { t } from "@/lib/i18n";

export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" className="brand-mark">
        <rect width="32" height="32" rx="7" />
        <path d="M16 5.5 25 9v7c0 5.6-3.7 9.2-9 11-5.3-1.8-9-5.4-9-11V9z" />
        <path d="m11.5 16 3.2 3.2 6-6.2" />
      </svg>
      <span className="brand-word">{t("product.name")}</span>
      <span className="brand-sub">{t("product.line")}</span>
    </span>
  );
}
