import { expect, test } from "vitest";
import { quartersOf } from "@/features/customers/quarters";
import { unitTree } from "@/lib/reach/unit-tree";
import { directionOf, type Flow, sankeyLayout } from "@/ui/charts/sankey-layout";
import { middleFen, tierScale } from "@/ui/charts/tier-scale";

const BANDS = [
  { rank: 0, name: "none", fromFen: 0 },
  { rank: 1, name: "vip", fromFen: 5_000_000 },
  { rank: 2, name: "gold", fromFen: 20_000_000 },
];
const tier = (rank: number) => ({ rank, code: `t${String(rank)}`, name: String(rank) });
const flow = (from: number, to: number, count: number): Flow => ({ from: tier(from), to: tier(to), count });

test("tiers are bands of equal height, and a bar lies on the edge of its band", () => {
  const y = tierScale(BANDS, 300, 60_000_000);

  expect([y(0), y(5_000_000), y(20_000_000)]).toEqual([300, 200, 100]);
});

test("more assets never lie lower", () => {
  const y = tierScale(BANDS, 300, 60_000_000);
  const heights = [0, 1, 4_999_999, 5_000_000, 12_000_000, 20_000_000, 90_000_000].map((fen) => y(fen));

  expect(heights).toEqual([...heights].sort((one, other) => other - one));
});

test("a masked range is drawn at its middle, an open one at its beginning", () => {
  expect(middleFen("200000-500000")).toBe(35_000_000);
  expect(middleFen("5000000-")).toBe(500_000_000);
});

test("every flow leaves one tier and reaches another, the highest on top", () => {
  const { nodes, links } = sankeyLayout([flow(1, 1, 400), flow(1, 2, 3), flow(2, 1, 10), flow(2, 2, 90)], 90, 600, 300);
  const left = nodes.filter((node) => node.side === "from");

  expect(links.map((link) => link.flow.count).sort((one, other) => one - other)).toEqual([3, 10, 90, 400]);
  expect(left.map((node) => [node.tier.rank, node.count])).toEqual(expect.arrayContaining([[2, 100], [1, 403]]));
  const top = left.reduce((highest, node) => (node.y < highest.y ? node : highest));
  expect(top.tier.rank).toBe(2);
});

test("a flow of one customer is still thick enough to press", () => {
  const { links } = sankeyLayout([flow(1, 1, 100_000), flow(1, 2, 1)], 90, 600, 300);

  expect(Math.min(...links.map((link) => link.thick))).toBeGreaterThanOrEqual(1.5);
});

test("a flow has its direction from the ranks", () => {
  expect([flow(1, 2, 1), flow(2, 1, 1), flow(2, 2, 1)].map(directionOf)).toEqual(["up", "down", "same"]);
});

test("holdings add up by quarter, oldest first", () => {
  const held = (period: string, product: string, fen: number) => {
    const amount = { fen, range: null, isMasked: false };
    return { period, product, stock: amount, average: amount };
  };
  const quarters = quartersOf([held("2026Q2", "time", 5), held("2026Q1", "time", 1), held("2026Q1", "bond", 2)] as never);

  expect(quarters.map(({ period, sumFen }) => [period, sumFen])).toEqual([["2026Q1", 3], ["2026Q2", 5]]);
});

test("units form the tree of their paths, whatever comes first and however paths end", () => {
  const unit = (path: string) => ({ id: path, name: path, path });
  const [city] = unitTree([unit("/37/3701/370101/"), unit("/37/"), unit("/37/3701/"), unit("/37/3702/")]);

  expect(city?.below.map((county) => [county.name, county.below.length])).toEqual([["/37/3701/", 1], ["/37/3702/", 0]]);
});

test("a unit whose parent is out of reach is a root", () => {
  const roots = unitTree([{ id: "o", name: "o", path: "/37/3701/370101/" }]);

  expect(roots).toHaveLength(1);
});
