import { type ReactNode, useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { t } from "@/lib/i18n";
import { Button, IconButton } from "./button";

type Props = {
  title: string;
  isDirty?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** A form from the side. What has been typed is not lost to a stray Escape. */
export function Drawer({ title, isDirty, onClose, children }: Props) {
  const [isAsking, setAsking] = useState(false);

  return (
    <ModalOverlay isOpen onOpenChange={leave} isDismissable className="modal-overlay modal">
      <Modal className="drawer">
        <Dialog>
          <header className="drawer-head">
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t("drawer.close")} onPress={leave} />
          </header>
          {isAsking && (
            <div className="drawer-guard" role="alert">
              <p>{t("drawer.unsaved")}</p>
              <Button autoFocus onPress={() => setAsking(false)}>
                {t("drawer.goOn")}
              </Button>
              <Button tone="danger" onPress={onClose}>
                {t("drawer.discard")}
              </Button>
            </div>
          )}
          <div className="drawer-body">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );

  function leave() {
    if (isDirty) setAsking(true);
    else onClose();
  }
}
