import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { listed } from "@/lib/url";
import { ratingOutcomeName } from "@/lib/words";
import type { Run } from "./rating-run.gql";
import { ALL, MOVED, OUTCOMES, outcomesOf, type RunFilters } from "./run-filter";

type Props = { run: Run; filters: RunFilters; onChange: (changes: Partial<RunFilters>) => void };

/** How many had which outcome; each narrows the table. */
export function OutcomeChips({ run, filters, onChange }: Props) {
  const byFlow = filters.from !== "" || filters.to !== "";
  const chosen = byFlow || filters.outcome === MOVED || filters.outcome === ALL ? [] : listed(filters.outcome);
  const total = (outcomes: readonly string[]) =>
    run.counts.filter((each) => outcomes.includes(each.outcome)).reduce((sum, each) => sum + each.count, 0);

  return (
    <div className="chips" role="group" aria-label={t("ratings.outcomes")}>
      <Chip text={t("ratings.allMoved")} n={total(outcomesOf(MOVED))} isOn={!byFlow && filters.outcome === MOVED} onPress={() => show(MOVED)} />
      <Chip text={t("ratings.everybody")} n={total(OUTCOMES)} isOn={!byFlow && filters.outcome === ALL} onPress={() => show(ALL)} />
      <span className="chips-gap" />
      {OUTCOMES.map((outcome) => (
        <Chip
          key={outcome}
          text={ratingOutcomeName(outcome)}
          n={total([outcome])}
          isOn={chosen.includes(outcome)}
          onPress={() => show(toggled(chosen, outcome) || MOVED)}
        />
      ))}
      <span className="chips-gap" />
      <Chip text={t("ratings.oneOfTwo")} isOn={filters.out === "1"} onPress={() => onChange({ out: filters.out ? "" : "1", outcome: ALL, after: "" })} />
      <Chip text={t("ratings.homeChange")} isOn={filters.home === "1"} onPress={() => onChange({ home: filters.home ? "" : "1", outcome: ALL, after: "" })} />
    </div>
  );

  function show(outcome: string) {
    onChange({ outcome, from: "", to: "", out: "", home: "", after: "" });
  }
}

type ChipProps = { text: string; n?: number; isOn: boolean; onPress: () => void };

function Chip({ text, n, isOn, onPress }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={onPress}>
      {text}
      {n !== undefined && <span className="chip-count">{count(n)}</span>}
    </button>
  );
}

function toggled(chosen: readonly string[], outcome: string): string {
  return (chosen.includes(outcome) ? chosen.filter((each) => each !== outcome) : [...chosen, outcome]).join();
}
