import type { Quarters } from "./customer-quarters.gql";

type Holding = Quarters["holdings"][number];

export type Quarter = {
  period: string;
  of: Record<string, Holding["average"]>;
  fenOf: Record<string, number>;
  sumFen: number;
};

/** Holdings by quarter, oldest first; amounts are the quarter's daily averages in fen. */
export function quartersOf(holdings: readonly Holding[]): Quarter[] {
  const quarters = new Map<string, Quarter>();
  for (const { period, product, average } of holdings) {
    const quarter = quarters.get(period) ?? { period, of: {}, fenOf: {}, sumFen: 0 };
    quarter.of[product] = average;
    quarter.fenOf[product] = average.fen ?? 0;
    quarter.sumFen += average.fen ?? 0;
    quarters.set(period, quarter);
  }
  return [...quarters.values()].sort((one, other) => one.period.localeCompare(other.period));
}
