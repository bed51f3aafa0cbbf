import { useSyncExternalStore } from "react";

const BUREAU_ZONE = "Asia/Shanghai";
const TICK_MS = 30_000;
const DAY_MS = 86_400_000;
const dayInBureau = new Intl.DateTimeFormat("sv-SE", { timeZone: BUREAU_ZONE });
const listeners = new Set<() => void>();
let serverAheadMs = 0;
let tick = 0;
let ticker: ReturnType<typeof setInterval> | undefined;

/** Set the clock by the server's, so that a wrong PC clock moves no due date. */
export function setClock(serverNow: string) {
  serverAheadMs = Date.parse(serverNow) - Date.now();
}

export const now = () => new Date(Date.now() + serverAheadMs);

/** Today in the bureau's calendar, as an ISO day. */
export const today = () => dayInBureau.format(now());

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one ISO day to another; negative if it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Monday of the week that a day lies in. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** Draw again at each tick of the one shared clock. */
export function useTick(): number {
  return useSyncExternalStore(subscribe, () => tick);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  ticker ??= setInterval(() => {
    tick += 1;
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}
