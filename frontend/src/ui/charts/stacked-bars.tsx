import { scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { wholeWan } from "@/lib/format";
import { useWidth } from "@/lib/use-width";

export type Bar = { name: string; parts: Readonly<Record<string, number>> };

type Props = { label: string; bars: readonly Bar[]; series: readonly string[] };

const HEIGHT = 230;
const LEFT = 58;
const FOOT = 24;
const TOP = 18;
const WIDEST_BAR = 54;

/** Amounts in fen, stacked by part, one bar a period; the sum stands above each. */
export function StackedBars({ label, bars, series }: Props) {
  const [place, width] = useWidth<HTMLDivElement>(520);
  const sums = bars.map((bar) => series.reduce((sum, part) => sum + (bar.parts[part] ?? 0), 0));
  const y = scaleLinear().domain([0, Math.max(1, ...sums)]).nice(4).range([HEIGHT, TOP]);
  const step = (width - LEFT) / Math.max(bars.length, 1);
  const thick = Math.min(step * 0.62, WIDEST_BAR);
  const layers = stack<Bar, string>().keys([...series]).value((bar, part) => bar.parts[part] ?? 0)([...bars]);
  const x = (index: number) => LEFT + (index + 0.5) * step;

  return (
    <div ref={place}>
      <svg className="chart" height={HEIGHT + FOOT} role="img" aria-label={label}>
        {y.ticks(4).map((tick) => (
          <g key={tick} transform={`translate(0 ${String(y(tick))})`}>
            <line className="grid" x1={LEFT} x2={width} />
            <text x={LEFT - 8} y={4} textAnchor="end">
              {wholeWan(tick)}
            </text>
          </g>
        ))}
        {layers.map((layer, part) => (
          <g key={layer.key} className={`series-fill-${String(part + 1)}`}>
            {layer.map(([low, high], index) => (
              <rect key={bars[index]?.name} x={x(index) - thick / 2} y={y(high)} width={thick} height={Math.max(0, y(low) - y(high) - 1)} />
            ))}
          </g>
        ))}
        {bars.map((bar, index) => (
          <g key={bar.name}>
            <text className="strong" x={x(index)} y={y(sums[index] ?? 0) - 6} textAnchor="middle">
              {wholeWan(sums[index] ?? 0)}
            </text>
            <text x={x(index)} y={HEIGHT + 17} textAnchor="middle">
              {step < 50 ? bar.name.slice(2) : bar.name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
