import { afterEach, expect, test, vi } from "vitest";
import en from "@/lib/words/en.json";
import zh from "@/lib/words/zh.json";

vi.stubGlobal("document", { documentElement: { lang: "" } });
const { switchLanguage, t } = await import("@/lib/i18n");
const { inSentence, wan, wanRange } = await import("@/lib/format");

afterEach(() => switchLanguage("zh"));

test("both catalogues say the same things with the same figures", () => {
  const figures = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();

  expect(Object.keys(en)).toEqual(Object.keys(zh));
  for (const [key, text] of Object.entries(en)) expect([key, figures(zh[key as keyof typeof zh])]).toEqual([key, figures(text)]);
});

test("Chinese texts carry Chinese punctuation", () => {
  const halfWidth = Object.entries(zh).filter(([, text]) => /[一-鿿][,;?!]/.test(text));

  expect(halfWidth).toEqual([]);
});

test("English says one day and two days", async () => {
  await switchLanguage("en");

  expect(t("due.left", { n: 1 })).toBe("1 day left");
  expect(t("due.left", { n: 2 })).toBe("2 days left");
});

test("several things are joined as the language joins them", async () => {
  expect(inSentence(["甲", "乙", "丙"])).toBe("甲、乙和丙");
  await switchLanguage("en");
  expect(inSentence(["a", "b", "c"])).toBe("a, b, and c");
});

test("an amount is shown in ten thousands, a range by its ends", () => {
  expect(wan(123_456_789_00)).toBe("12,345.68");
  expect(wanRange("200000-500000")).toBe("20–50");
  expect(wanRange("5000000-")).toBe("500+");
  expect(wanRange("-20000-50000")).toBe("-2–5");
});
