import { useEffect, useRef } from "react";
import { recall, remember } from "./preferences";

/** What a key does; 'g q' is G then Q, 'ctrl+k' a chord. */
type Keys = Record<string, (event: KeyboardEvent) => void>;
type Entry = { current: Keys };

const SEQUENCE_MS = 1_200;
const TYPED_IN = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], [role=spinbutton]";
const OWN_KEYS = "[role=menu], [role=listbox], [role=tree], [role=grid]";
const MODAL = "[role=dialog][aria-modal], .modal [role=dialog], .lock";
const stack: Entry[] = [];
let prefix = "";
let prefixAt = 0;

/** Let keys act while the component is shown; the newest component that knows a key wins. */
export function useKeys(keys: Keys) {
  const entry = useRef(keys);
  useEffect(() => {
    entry.current = keys;
  });
  useEffect(() => {
    if (stack.push(entry) === 1) addEventListener("keydown", onKeyDown, true);
    return () => {
      stack.splice(stack.indexOf(entry), 1);
      if (stack.length === 0) removeEventListener("keydown", onKeyDown, true);
    };
  }, []);
}

export const letterKeysAreOn = () => recall("weihu.letter-keys") !== "off";
export const turnLetterKeys = (on: boolean) => remember("weihu.letter-keys", on ? "on" : "off");

function onKeyDown(event: KeyboardEvent) {
  if (event.isComposing || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const pressed = event.ctrlKey ? `ctrl+${key}` : key;
  if (!event.ctrlKey && !mayUseLetters(event.target)) return;
  const sequence = event.timeStamp - prefixAt < SEQUENCE_MS ? `${prefix} ${pressed}` : "";
  const act = find(sequence) ?? find(pressed);
  prefix = pressed;
  prefixAt = event.timeStamp;
  if (!act) return;
  prefix = "";
  act(event);
}

function mayUseLetters(target: EventTarget | null): boolean {
  if (!letterKeysAreOn()) return false;
  if (document.querySelector(MODAL)) return false;
  return !(target instanceof Element && target.closest(`${TYPED_IN}, ${OWN_KEYS}`));
}

function find(pressed: string) {
  for (let index = stack.length - 1; index >= 0; index -= 1) {
    const act = stack[index]?.current[pressed];
    if (act) return act;
  }
  return undefined;
}
