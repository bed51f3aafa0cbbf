import { scaleLinear } from "d3-scale";

export type Band = { rank: number; name: string; fromFen: number };

/**
 * Where an average lies on a chart whose tiers are bands of equal height.
 *
 * Args:
 *   bands: The tiers from the lowest up; each begins at its bar, in fen.
 *   height: The chart's height in pixels.
 *   most: The largest average, in fen; the top band ends there, or at twice its bar.
 */
export function tierScale(bands: readonly Band[], height: number, most: number) {
  const bars = bands.map((band) => band.fromFen);
  const top = Math.max(most * 1.05, (bars.at(-1) ?? 1) * 2);
  const step = height / bands.length;
  return scaleLinear()
    .domain([...bars, top])
    .range([...bars.map((_, index) => height - index * step), 0])
    .clamp(true);
}

/** The middle of a masked range like '200000-500000' (yuan), in fen. */
export function middleFen(range: string): number {
  const [low = 0, high] = range.split("-").filter(Boolean).map(Number);
  const middle = high === undefined ? low : (low + high) / 2;
  return Math.round(middle * 100);
}
