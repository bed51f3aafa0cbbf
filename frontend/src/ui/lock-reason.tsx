import { t, type TextKey } from "@/lib/i18n";
import { Icon } from "./icon";

const KNOWN = ["REVEAL", "NEEDS_GRANT", "OUT_OF_REACH"];

/** Why a value is masked, and by which policy line. */
export function LockReason({ lock }: { lock: { code: string; policy: string | null } }) {
  const key = KNOWN.includes(lock.code) ? lock.code : "NEEDS_GRANT";
  return (
    <div className="lock-reason">
      <Icon name="shield" />
      <p>
        <strong>{t(`lock.${key}` as TextKey)}</strong>
        <span>{t(`lock.${key}.text` as TextKey)}</span>
        {lock.policy && <span className="lock-policy">{t("lock.policy", { policy: lock.policy })}</span>}
      </p>
    </div>
  );
}
