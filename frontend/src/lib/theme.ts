import { useSyncExternalStore } from "react";
import { remember } from "./preferences";

export type Theme = "light" | "dark";

const listeners = new Set<() => void>();

export const currentTheme = (): Theme => (document.documentElement.dataset["theme"] === "dark" ? "dark" : "light");

export function setTheme(theme: Theme) {
  document.documentElement.dataset["theme"] = theme;
  remember("weihu.theme", theme);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}
