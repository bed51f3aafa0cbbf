import { locale } from "./i18n";

const FEN_PER_WAN = 1_000_000;
const FEN_PER_YUAN = 100;
const YUAN_PER_WAN = 10_000;
const BUREAU_ZONE = "Asia/Shanghai";
const made = new Map<string, Intl.NumberFormat>();

/** An amount in ten thousands of yuan (万元), two decimals, thousands separated. */
export const wan = (fen: number) => number(fen / FEN_PER_WAN, 2);

/** The same, rounded to whole ten thousands, for charts. */
export const wholeWan = (fen: number) => number(fen / FEN_PER_WAN, 0);

/** An amount in yuan, two decimals. */
export const yuan = (fen: number) => number(fen / FEN_PER_YUAN, 2);

/** A range like '200000-500000' (yuan) as '20–50' (万元); an open end is '500+', a fall '-20000-50000' is '-2–5'. */
export function wanRange(range: string): string {
  const parts = /^(-?)(\d+)-(\d*)$/.exec(range);
  if (!parts) return range;
  const [, sign = "", low = "", high = ""] = parts;
  const inWan = (yuanOf: string) => number(Number(yuanOf) / YUAN_PER_WAN, 0);
  return high === "" ? `${sign}${inWan(low)}+` : `${sign}${inWan(low)}–${inWan(high)}`;
}

export const count = (amount: number) => number(amount, 0);

/** An ISO day as people write it: 2026-11-22 stays, in both languages, so that columns align. */
export const day = (iso: string | null | undefined) => iso ?? "–";

/** An ISO day without its year, for lists of the coming days. */
export const shortDay = (iso: string) => `${Number(iso.slice(5, 7))}-${iso.slice(8, 10)}`;

/** An instant in the bureau's time, to the minute. */
export function minute(instant: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: BUREAU_ZONE,
    dateStyle: "short",
    timeStyle: "short",
  }).format(new Date(instant));
}

/** An instant in the bureau's time, to the second. */
export function second(instant: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: BUREAU_ZONE,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(new Date(instant));
}

export function weekday(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(
    new Date(`${iso}T00:00:00Z`),
  );
}

/** Several things in a sentence: A、B 和 C. */
export const inSentence = (things: readonly string[]) => new Intl.ListFormat(locale()).format(things);

function number(amount: number, decimals: number): string {
  const key = `${locale()} ${decimals}`;
  const format =
    made.get(key) ??
    new Intl.NumberFormat(locale(), {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  made.set(key, format);
  return format.format(amount);
}
