import { useState } from "react";
import { Switch } from "react-aria-components/Switch";
import { letterKeysAreOn, turnLetterKeys } from "@/lib/keys";
import { t } from "@/lib/i18n";
import { DialogBox } from "@/ui/dialog-box";
import { PAGES } from "./pages";

const EVERYWHERE = [
  ["keys.palette", "Ctrl K"],
  ["keys.sheet", "?"],
  ["keys.save", "Ctrl Enter"],
  ["keys.close", "Esc"],
] as const;

const LISTS = [
  ["keys.rows", "J", "K"],
  ["keys.open", "Enter"],
  ["keys.note", "E"],
  ["keys.postpone", "P"],
  ["keys.outcome", "1", "5"],
  ["keys.new", "N"],
  ["keys.neighbours", "[", "]"],
] as const;

/** All keys on one sheet; single letters can be switched off. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(letterKeysAreOn);
  return (
    <DialogBox title={t("keys.title")} onClose={onClose}>
      <div className="key-columns">
        <dl>
          {EVERYWHERE.map(([key, ...caps]) => (
            <Line key={key} text={t(key)} caps={caps} />
          ))}
          {PAGES.map((page) => (
            <Line key={page.path} text={t(page.title)} caps={["G", page.letter.toUpperCase()]} />
          ))}
        </dl>
        <dl>
          {LISTS.map(([key, ...caps]) => (
            <Line key={key} text={t(key)} caps={caps} />
          ))}
        </dl>
      </div>
      <Switch
        className="checkbox"
        isSelected={isOn}
        onChange={(on) => {
          setOn(on);
          turnLetterKeys(on);
        }}
      >
        <span className="switch-track" aria-hidden="true" />
        {t("keys.letters")}
      </Switch>
    </DialogBox>
  );
}

function Line({ text, caps }: { text: string; caps: readonly string[] }) {
  return (
    <div className="key-line">
      <dt>{text}</dt>
      <dd>
        {caps.map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </dd>
    </div>
  );
}
