import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { t } from "@/lib/i18n";
import { IconButton } from "./button";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** Something to read or confirm, over the page. */
export function DialogBox({ title, onClose, children }: Props) {
  return (
    <ModalOverlay isOpen onOpenChange={onClose} isDismissable className="modal-overlay modal">
      <Modal className="dialog">
        <Dialog>
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t("drawer.close")} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
