import { line } from "d3-shape";
import { wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useWidth } from "@/lib/use-width";
import { type Band, middleFen, tierScale } from "./tier-scale";

export type TierPoint = {
  period: string;
  rank: number;
  isOut: boolean;
  average: { fen: number | null; range: string | null };
  words: string;
};

type Props = { bands: readonly Band[]; points: readonly TierPoint[]; picked: number; onPick: (index: number) => void };

const HEIGHT = 230;
const LEFT = 92;
const FOOT = 24;

/** Quarter by quarter: the tier that was held (filled) and the daily average that decided (dots). */
export function TierChart({ bands, points, picked, onPick }: Props) {
  const [place, width] = useWidth<HTMLDivElement>(520);
  const averages = points.map(({ average }) => average.fen ?? middleFen(average.range ?? ""));
  const y = tierScale(bands, HEIGHT, Math.max(0, ...averages));
  const step = (width - LEFT) / Math.max(points.length, 1);
  const band = HEIGHT / bands.length;
  const x = (index: number) => LEFT + (index + 0.5) * step;
  const path = line<number>((_, index) => x(index), (fen) => y(fen))(averages) ?? "";

  return (
    <div ref={place}>
      <svg className="chart tier-chart" height={HEIGHT + FOOT} role="group" aria-label={t("tiers.chart")}>
        {bands.map((each, index) => (
          <g key={each.rank} transform={`translate(0 ${String(HEIGHT - (index + 1) * band)})`}>
            <line className="grid" x1={0} x2={width} y1={band} y2={band} />
            <text className={`tier-name tier-fill-${String(each.rank)}`} x={0} y={band / 2 + 4}>
              {each.name}
            </text>
            {each.fromFen > 0 && (
              <text x={LEFT - 8} y={band - 3} textAnchor="end">
                {wan(each.fromFen).replace(/\.00$/, "")}
              </text>
            )}
          </g>
        ))}
        {points.map((point, index) => (
          <g
            key={point.period}
            className="tier-point"
            tabIndex={0}
            role="img"
            aria-label={`${point.period} ${point.words}`}
            onFocus={() => onPick(index)}
            onMouseEnter={() => onPick(index)}
          >
            <rect className={index === picked ? "tier-column picked" : "tier-column"} x={LEFT + index * step} y={0} width={step} height={HEIGHT + FOOT} />
            {held(point, index)}
            <text x={x(index)} y={HEIGHT + 17} textAnchor="middle" className={index === picked ? "strong" : undefined}>
              {shortPeriod(point.period, step)}
            </text>
          </g>
        ))}
        <path className="tier-average" d={path} />
        {points.map((point, index) => (
          <circle
            key={point.period}
            className={point.isOut ? "tier-dot out" : "tier-dot"}
            cx={x(index)}
            cy={y(averages[index] ?? 0)}
            r={point.isOut ? 5 : 4}
          />
        ))}
      </svg>
    </div>
  );

  function held(point: TierPoint, index: number) {
    const at = bands.findIndex((each) => each.rank === point.rank);
    if (at < 0) return null;
    return (
      <rect
        className={`tier-held tier-held-${String(point.rank)}`}
        x={LEFT + index * step}
        y={HEIGHT - (at + 1) * band + 1}
        width={step}
        height={band - 2}
      />
    );
  }
}

/** 2026Q3, or 26Q3 where there is little room. */
const shortPeriod = (period: string, room: number) => (room < 50 ? period.slice(2) : period);
