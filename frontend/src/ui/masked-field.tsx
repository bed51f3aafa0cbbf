import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { t } from "@/lib/i18n";
import type { Problem } from "@/lib/problems";
import { Icon } from "./icon";
import { LockReason } from "./lock-reason";
import { RevealForm } from "./reveal-form";
import { RevealedText } from "./revealed-text";

export type Protected = {
  text: string | null;
  isMasked: boolean;
  canReveal: boolean;
  lock: { code: string; policy: string | null } | null;
};
type Revealed = { text: string; seconds: number };

type Props = {
  label: string;
  value: Protected;
  onReveal: (purpose: string) => Promise<Revealed | null>;
  problems: readonly Problem[];
  isSending: boolean;
};

/** A masked value keeps its shape; its lock says why, and shows it for a minute to those who say what for. */
export function MaskedField({ label, value, onReveal, problems, isSending }: Props) {
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const [isOpen, setOpen] = useState(false);

  if (revealed) return <RevealedText {...revealed} onRunOut={() => setRevealed(null)} />;
  if (value.text === null) return <span className="muted">{t("sign.none")}</span>;
  if (!value.lock) return <>{value.text}</>;
  return (
    <span className="masked">
      <span className="masked-text">{value.text}</span>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button className="masked-lock" aria-label={t("masked.why", { label })}>
          <Icon name={value.canReveal ? "eye" : "lock"} size={15} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Dialog className="popover-body" aria-label={t("masked.why", { label })}>
            <LockReason lock={value.lock} />
            {value.canReveal && (
              <RevealForm problems={problems} isSending={isSending} onReveal={(purpose) => void reveal(purpose)} />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );

  async function reveal(purpose: string) {
    const shown = await onReveal(purpose);
    if (!shown) return;
    setOpen(false);
    setRevealed(shown);
  }
}
