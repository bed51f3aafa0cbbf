import { sankey, sankeyLinkHorizontal } from "d3-sankey";

type Tier = { rank: number; code: string; name: string };
export type Flow = { from: Tier; to: Tier; count: number };

type NodeExtra = { key: string; tier: Tier; side: "from" | "to" };
type LinkExtra = { flow: Flow };

const NODE_WIDTH = 10;
const NODE_GAP = 12;
const LEAST_FLOW = 0.006;

/** Tiers before on the left, after on the right, the highest on top; a thin flow stays thick enough to press. */
export function sankeyLayout(flows: readonly Flow[], left: number, right: number, height: number) {
  const all = flows.reduce((sum, flow) => sum + flow.count, 0);
  const layout = sankey<NodeExtra, LinkExtra>()
    .nodeId((node) => node.key)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_GAP)
    .nodeSort((one, other) => other.tier.rank - one.tier.rank)
    .linkSort((one, other) => orderOf(other.flow) - orderOf(one.flow))
    .extent([
      [left, 4],
      [right, height - 4],
    ]);
  const graph = layout({
    nodes: [...ends(flows, "from"), ...ends(flows, "to")],
    links: flows.map((flow) => ({
      source: `from ${flow.from.code}`,
      target: `to ${flow.to.code}`,
      value: Math.max(flow.count, all * LEAST_FLOW),
      flow,
    })),
  });
  const path = sankeyLinkHorizontal<NodeExtra, LinkExtra>();
  return {
    nodes: graph.nodes.map((node) => ({
      key: node.key,
      tier: node.tier,
      side: node.side,
      x: node.x0 ?? 0,
      y: node.y0 ?? 0,
      width: (node.x1 ?? 0) - (node.x0 ?? 0),
      height: Math.max(2, (node.y1 ?? 0) - (node.y0 ?? 0)),
      count: flows.filter((flow) => flow[node.side].code === node.tier.code).reduce((sum, flow) => sum + flow.count, 0),
    })),
    links: graph.links.map((link) => ({ flow: link.flow, path: path(link) ?? "", thick: Math.max(1.5, link.width ?? 0) })),
  };
}

const orderOf = (flow: Flow) => flow.to.rank * 10 + flow.from.rank;

function ends(flows: readonly Flow[], side: "from" | "to"): NodeExtra[] {
  const tiers = new Map(flows.map((flow) => [flow[side].code, flow[side]]));
  return [...tiers.values()].map((tier) => ({ key: `${side} ${tier.code}`, tier, side }));
}

export function directionOf({ from, to }: Flow): "up" | "down" | "same" {
  if (to.rank === from.rank) return "same";
  return to.rank > from.rank ? "up" : "down";
}
