import { type ReactNode, useEffect, useRef, useState } from "react";
import { SignInForm } from "@/features/sessions/sign-in-form";
import { t } from "@/lib/i18n";
import { useMe } from "@/lib/session/me";
import { Icon } from "@/ui/icon";

const IDLE_MS = 15 * 60_000;
const LOOK_EVERY_MS = 10_000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** After a quarter of an hour without a hand on it the screen locks; drafts stay where they are. */
export function IdleLock({ children }: { children: ReactNode }) {
  const { staff } = useMe();
  const [isLocked, setLocked] = useState(false);
  useIdle(() => setLocked(true));

  return (
    <>
      <div className={isLocked ? "lockable locked" : "lockable"} inert={isLocked}>
        {children}
      </div>
      {isLocked && (
        <div className="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
          <div className="lock-card">
            <Icon name="lock" size={26} />
            <h2 id="lock-title">{t("lock.title")}</h2>
            <p className="muted">{t("lock.text", { name: staff.name })}</p>
            <SignInForm
              staffNo={staff.staffNo}
              password=""
              hasCapsLock={false}
              isNumberFixed
              onSignedIn={() => setLocked(false)}
            />
          </div>
        </div>
      )}
    </>
  );
}

function useIdle(onIdle: () => void) {
  const lastSignAt = useRef(0);
  useEffect(() => {
    lastSignAt.current = Date.now();
    const sign = () => (lastSignAt.current = Date.now());
    const look = setInterval(() => {
      if (Date.now() - lastSignAt.current >= IDLE_MS) onIdle();
    }, LOOK_EVERY_MS);
    for (const name of SIGNS_OF_LIFE) addEventListener(name, sign, { passive: true });
    return () => {
      clearInterval(look);
      for (const name of SIGNS_OF_LIFE) removeEventListener(name, sign);
    };
  }, [onIdle]);
}
