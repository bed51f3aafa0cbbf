import { useEffect } from "react";
import { preloadWhenIdle } from "@/lib/lazy-part";
import { Palette } from "./lazy-overlays";
import { HANDED_PARTS } from "./lazy-forms";

/** Fetch what a reader is about to need while nothing else is going on. */
export function useEveryPageReady() {
  useEffect(() => preloadWhenIdle(HANDED_PARTS.NoteActivityForm, Palette), []);
}
