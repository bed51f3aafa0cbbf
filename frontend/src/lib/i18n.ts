import { useSyncExternalStore } from "react";
import { recall, remember } from "./preferences";
import zh from "./words/zh.json";

export type Language = "zh" | "en";
export type TextKey = keyof typeof zh;
type Catalogue = Record<TextKey, string>;
type Figures = Record<string, string | number>;

const LOCALES = { zh: "zh-CN", en: "en-US" } as const;
const listeners = new Set<() => void>();
let language: Language = "zh";
let catalogue: Catalogue = zh;
let plurals = new Intl.PluralRules(LOCALES.zh);

/** The text of a key in the chosen language; `{n}` takes figures, and `one | many` is picked by `n`. */
export function t(key: TextKey, figures: Figures = {}): string {
  const forms = catalogue[key].split(" | ");
  const isSingle = plurals.select(Number(figures["n"] ?? 0)) === "one";
  const form = (isSingle ? forms[0] : forms.at(-1)) ?? key;
  return form.replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ""));
}

export const locale = () => LOCALES[language];
/** For typed dates: Canadian English writes them year first, as the tables do. */
export const inputLocale = () => (language === "en" ? "en-CA" : LOCALES.zh);
export const currentLanguage = () => language;

/** Switch the pages to a language; its catalogue is fetched the first time. */
export async function switchLanguage(to: Language) {
  const next = to === "en" ? (await import("./words/en.json")).default : zh;
  language = to;
  catalogue = next;
  plurals = new Intl.PluralRules(LOCALES[to]);
  document.documentElement.lang = LOCALES[to];
  remember("weihu.language", to);
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentLanguage);
}

export function rememberedLanguage(): Language {
  return recall("weihu.language") === "en" ? "en" : "zh";
}
