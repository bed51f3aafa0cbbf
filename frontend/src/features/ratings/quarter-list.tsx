import { Link } from "wouter";
import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/session/me";
import { Button } from "@/ui/button";
import type { RunLine } from "./rating-runs.gql";

type Props = { runs: readonly RunLine[]; waiting: readonly string[]; shown: string | undefined; onRate: (period: string) => void };

const MOVES = ["ENTERED", "RISEN", "FALLEN", "LEFT"];

/** The quarters, newest first; the one that waits comes with the button that rates it. */
export function QuarterList({ runs, waiting, shown, onRate }: Props) {
  const mayRate = useMay("quarter:rate");
  if (runs.length === 0 && waiting.length === 0) return null;
  return (
    <nav aria-label={t("ratings.quarters")}>
      <ul className="quarters">
        {[...waiting].reverse().map((period, index) => (
          <li key={period} className="quarter quarter-waiting">
            <strong>{period}</strong>
            <span>{t("ratings.waiting")}</span>
            {mayRate && index === waiting.length - 1 && (
              <Button tone="primary" size="small" onPress={() => onRate(period)}>
                {t("ratings.rate")}
              </Button>
            )}
          </li>
        ))}
        {runs.map((run) => (
          <li key={run.id}>
            <Link href={`/ratings/${run.period}`} className="quarter" aria-current={run.period === shown ? "page" : undefined}>
              <strong>{run.period}</strong>
              <span>{t("ratings.moved", { n: count(moved(run)) })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const moved = (run: RunLine) =>
  run.counts.filter((each) => MOVES.includes(each.outcome)).reduce((sum, each) => sum + each.count, 0);
