import { expect, test, vi } from "vitest";

vi.stubGlobal("document", { documentElement: { lang: "" } });
const { explain } = await import("@/lib/explain");
const { newRequestKey } = await import("@/lib/request-key");
const { byField } = await import("@/lib/problems");

const VIP = { rank: 1, name: "贵宾", nameEn: "VIP", fromFen: 5_000_000, belowFen: 20_000_000 };
const GOLD = { rank: 2, name: "黄金", nameEn: "Gold", fromFen: 20_000_000, belowFen: 50_000_000 };
const rating = (code: string, fen: number | null) => ({
  tier: GOLD,
  previousTier: VIP,
  average: { fen, range: "200000-500000" },
  explanation: { code, article: "第六条", minimumFen: 5_000_000, maximumFen: 20_000_000 },
});

test("a rise names the bar, the average, the tier and the article", () => {
  expect(explain(rating("RISEN", 23_450_000))).toBe("连续两季高于贵宾上限 20 万元，按本季日均 23.45 万元评为黄金 · 第六条");
});

test("who may not see the amount reads its range", () => {
  expect(explain(rating("IN_RANGE", null))).toContain("季日均 20–50 万元");
});

test("a code that the pages do not know yet shows its article and invents nothing", () => {
  expect(explain(rating("SOMETHING_NEW", 1))).toBe("第六条");
});

test("request keys are UUIDs of version 4 and differ", () => {
  const keys = Array.from({ length: 50 }, newRequestKey);

  expect(new Set(keys).size).toBe(50);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("problems go beside their field, and what fits no field to the form", () => {
  const near = { code: "IN_THE_FUTURE", message: "a", path: ["input", "happenedOn"] };
  const far = { code: "NOT_FOUND", message: "b", path: [] };

  expect(byField([near, far], ["happenedOn"])).toEqual({ beside: { happenedOn: ["a"] }, rest: [far] });
});
