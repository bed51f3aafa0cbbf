import { t } from "@/lib/i18n";
import { dismiss, useToasts } from "@/lib/toasts";
import { IconButton } from "./button";
import { Icon } from "./icon";

const ICONS = { ok: "check", danger: "warning", info: "info" } as const;

/** Where the pages say what has happened, politely. */
export function ToastRegion() {
  const toasts = useToasts();
  return (
    <div className="toasts" role="region" aria-label={t("toast.region")}>
      <ol aria-live="polite" aria-relevant="additions">
        {toasts.map((toast) => (
          <li key={toast.id} className={`toast toast-${toast.tone}`}>
            <Icon name={ICONS[toast.tone]} />
            <span className="toast-text">
              <strong>{toast.text}</strong>
              {toast.detail && <span>{toast.detail}</span>}
            </span>
            <IconButton icon="close" label={t("toast.close")} onPress={() => dismiss(toast.id)} />
          </li>
        ))}
      </ol>
    </div>
  );
}
