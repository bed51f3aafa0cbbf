import { type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
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

  useEffect(() => {
    document.body.classList.toggle("locked", isLocked); // blurs whatever is open, drawers too
  }, [isLocked]);

  return (
    <>
      <div className="lockable">{children}</div>
      <ModalOverlay isOpen={isLocked} isKeyboardDismissDisabled className="lock modal">
        <Modal className="lock-card">
          <Dialog>
            <Icon name="lock" size={26} />
            <Heading slot="title">{t("lock.title")}</Heading>
            <p className="muted">{t("lock.text", { name: staff.name })}</p>
            <SignInForm
              staffNo={staff.staffNo}
              password=""
              hasCapsLock={false}
              isNumberFixed
              onSignedIn={() => setLocked(false)}
            />
          </Dialog>
        </Modal>
      </ModalOverlay>
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
