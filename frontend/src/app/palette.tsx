import { useEffect, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem, ListBoxSection } from "react-aria-components/ListBox";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { TextField } from "react-aria-components/TextField";
import { useQuery } from "urql";
import { useLocation } from "wouter";
import { t } from "@/lib/i18n";
import { useMe } from "@/lib/session/me";
import { Icon } from "@/ui/icon";
import { TierTag } from "@/ui/tier-tag";
import { PAGES } from "./pages";
import { PaletteCustomersDocument } from "./palette-customers.gql";

const WAIT_MS = 150;
const SHORTEST_NUMBER = 3;

/** Go to a page, or to a customer by number, without the mouse. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [, go] = useLocation();
  const { may } = useMe();
  const number = useSettled(typed.trim());
  const isNumber = /^[A-Za-z0-9-]+$/.test(number) && number.length >= SHORTEST_NUMBER && may.includes("customer:read");
  const [{ data: answer }] = useQuery({ query: PaletteCustomersDocument, variables: { number }, pause: !isNumber });
  const customers = isNumber ? (answer?.customers.nodes ?? []) : [];
  const word = typed.trim().toLowerCase();
  const pages = PAGES.filter((page) => may.includes(page.action) && t(page.title).toLowerCase().includes(word));

  return (
    <ModalOverlay isOpen onOpenChange={onClose} isDismissable className="modal-overlay modal">
      <Modal className="dialog">
        <Dialog className="palette" aria-label={t("palette.title")}>
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <TextField className="palette-input" aria-label={t("palette.title")} autoFocus>
              <Icon name="search" />
              <Input placeholder={t("palette.placeholder")} />
            </TextField>
            <ListBox
              className="palette-list"
              aria-label={t("palette.results")}
              onAction={(path) => {
                onClose();
                go(String(path));
              }}
              renderEmptyState={() => <p className="options-empty">{t("palette.nothing")}</p>}
            >
              {customers.length > 0 && (
                <ListBoxSection>
                  <Header className="palette-section">{t("nav.customers")}</Header>
                  {customers.map((customer) => (
                    <ListBoxItem
                      key={customer.id}
                      id={`/customers/${customer.number}`}
                      textValue={`${customer.number} ${customer.name.text ?? ""}`}
                      className="palette-item"
                    >
                      <strong>{customer.name.text}</strong>
                      <span className="muted">{customer.number}</span>
                      <span className="end">
                        {customer.homeUnit?.name}
                        <TierTag tier={customer.tier} />
                      </span>
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              )}
              {pages.length > 0 && (
                <ListBoxSection>
                  <Header className="palette-section">{t("nav.label")}</Header>
                  {pages.map((page) => (
                    <ListBoxItem key={page.path} id={page.path} textValue={t(page.title)} className="palette-item">
                      <Icon name={page.icon} />
                      {t(page.title)}
                      <span className="end" aria-hidden="true">
                        <kbd>{`G ${page.letter.toUpperCase()}`}</kbd>
                      </span>
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          <p className="palette-foot">{t("palette.foot")}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What has been typed, once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(pause);
  }, [text]);
  return settled;
}
