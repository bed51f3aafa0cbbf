import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addDays, daysBetween, mondayOf, setClock, today } from "@/lib/clock";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("today is the bureau's day, and not the PC's", () => {
  vi.setSystemTime("2026-11-22T20:00:00Z");
  setClock("2026-11-22T20:00:00Z");

  expect(today()).toBe("2026-11-23");
});

test("a PC that runs three days late moves no due date", () => {
  vi.setSystemTime("2026-11-19T04:00:00Z");
  setClock("2026-11-22T04:00:00Z");

  expect(today()).toBe("2026-11-22");
});

test("days are counted over month ends and leap days", () => {
  expect(addDays("2028-02-28", 2)).toBe("2028-03-01");
  expect(daysBetween("2026-12-31", "2027-01-02")).toBe(2);
  expect(daysBetween("2026-11-22", "2026-11-20")).toBe(-2);
});

test("a week begins on Monday, also on its Sunday", () => {
  expect(mondayOf("2026-11-22")).toBe("2026-11-16");
  expect(mondayOf("2026-11-16")).toBe("2026-11-16");
});
