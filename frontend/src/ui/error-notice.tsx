import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Icon } from "./icon";

type Props = { text?: string; isWholePage?: boolean; onRetry?: () => void };

/** Something could not be fetched: what it means and what to do. */
export function ErrorNotice({ text, isWholePage, onRetry }: Props) {
  return (
    <div className={isWholePage ? "notice notice-page" : "notice"} role="alert">
      <Icon name="warning" size={22} />
      <div className="notice-words">
        {isWholePage ? <h1>{t("error.title")}</h1> : <strong>{t("error.title")}</strong>}
        <p>{text ?? t("error.offline")}</p>
      </div>
      {onRetry && <Button onPress={onRetry}>{t("error.retry")}</Button>}
    </div>
  );
}
