import { useLocation } from "wouter";
import { useKeys } from "@/lib/keys";
import { useMe } from "@/lib/session/me";
import { PAGES } from "./pages";

/** G and a page's letter open it, for those who may. */
export function usePageKeys() {
  const { may } = useMe();
  const [, go] = useLocation();
  const open = PAGES.filter((page) => may.includes(page.action)).map(
    (page) => [`g ${page.letter}`, () => go(page.path)] as const,
  );
  useKeys(Object.fromEntries(open));
}
