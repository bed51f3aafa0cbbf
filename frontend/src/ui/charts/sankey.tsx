import type { KeyboardEvent } from "react";
import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useWidth } from "@/lib/use-width";
import { directionOf, type Flow, sankeyLayout } from "./sankey-layout";

type Picked = { from: string; to: string } | null;
type Props = { flows: readonly Flow[]; picked: Picked; onPick: (picked: Picked) => void };

const HEIGHT = 290;
const SIDE = 96;

/** Who moved from which tier to which: red up, green down, grey the same. Each flow is a button. */
export function Sankey({ flows, picked, onPick }: Props) {
  const [place, width] = useWidth<HTMLDivElement>(700);
  const { nodes, links } = sankeyLayout(flows, SIDE, Math.max(width - SIDE, SIDE + 120), HEIGHT);
  const isPicked = ({ from, to }: Flow) => picked?.from === from.code && picked.to === to.code;

  return (
    <div ref={place}>
      <svg className="chart sankey" height={HEIGHT} role="group" aria-label={t("flows.title")}>
        {links.map(({ flow, path, thick }) => (
          <path
            key={flow.from.code + flow.to.code}
            className={`flow flow-${directionOf(flow)} ${isPicked(flow) ? "picked" : ""}`}
            d={path}
            strokeWidth={thick}
            role="button"
            tabIndex={0}
            aria-pressed={isPicked(flow)}
            aria-label={wordsOf(flow)}
            onClick={() => toggle(flow)}
            onKeyDown={(event) => press(event, flow)}
          >
            <title>{wordsOf(flow)}</title>
          </path>
        ))}
        {nodes.map((node) => (
          <g key={node.key}>
            <rect className={`tier-node tier-node-${String(node.tier.rank)}`} x={node.x} y={node.y} width={node.width} height={node.height} rx={2} />
            <text
              className={`tier-fill-${String(node.tier.rank)} tier-name`}
              x={node.side === "from" ? node.x - 8 : node.x + node.width + 8}
              y={node.y + node.height / 2 + 4}
              textAnchor={node.side === "from" ? "end" : "start"}
            >
              {`${node.tier.name} ${count(node.count)}`}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );

  function toggle(flow: Flow) {
    onPick(isPicked(flow) ? null : { from: flow.from.code, to: flow.to.code });
  }

  function press(event: KeyboardEvent, flow: Flow) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle(flow);
  }
}

function wordsOf(flow: Flow): string {
  return t(`flows.${directionOf(flow)}`, { from: flow.from.name, to: flow.to.name, n: count(flow.count) });
}
