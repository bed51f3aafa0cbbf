import { t } from "@/lib/i18n";
import { LOOKS_AFTER_CUSTOMERS, useColleagues, useUnits } from "@/lib/reach/use-reach";
import { useTiers } from "@/lib/rule-book/cadence";
import { listed } from "@/lib/url";
import { ComboBox } from "@/ui/combo-box";
import { FilterChip } from "@/ui/filter-chip";
import { Select } from "@/ui/select";
import { tierName } from "@/ui/tier-tag";
import { UnitPicker } from "@/ui/unit-picker";
import { AmountRange } from "./amount-range";
import { LIST_DEFAULTS, type ListFilters, type LookUp, UNASSIGNED } from "./list-filter";
import { LookUpField } from "./look-up-field";

type Props = {
  filters: ListFilters;
  onChange: (changes: Partial<ListFilters>) => void;
  seesAmounts: boolean;
  lookUp: LookUp | null;
  onLookUp: (lookUp: LookUp | null) => void;
};

const QUIET_DAYS = ["30", "60", "90", "180"];
const ANY = "any";

/** What narrows the list; what is chosen stands below as chips that take it back. */
export function ListFilterBar({ filters, onChange, seesAmounts, lookUp, onLookUp }: Props) {
  const units = useUnits();
  const tiers = useTiers();
  const colleagues = useColleagues(LOOKS_AFTER_CUSTOMERS);
  const chosenTiers = listed(filters.tier);
  const managers = [
    { id: UNASSIGNED, label: t("customer.nobody") },
    ...colleagues.map((staff) => ({ id: staff.id, label: staff.name, detail: staff.unit.name })),
  ];
  const quiet = [{ id: ANY, label: t("filter.anyTime") }, ...QUIET_DAYS.map((id) => ({ id, label: t("filter.quietDays", { n: id }) }))];
  const hasAny = Object.entries(LIST_DEFAULTS).some(
    ([name, usual]) => !["sort", "after", "before", "size"].includes(name) && filters[name as keyof ListFilters] !== usual,
  );

  return (
    <section className="card filter-bar" aria-label={t("filter.title")}>
      <div className="filter-fields">
        <LookUpField onLookUp={onLookUp} />
        {units.length > 1 && <UnitPicker units={units} value={filters.unit} onChange={(unit) => onChange({ unit })} />}
        {colleagues.length > 0 && (
          <ComboBox
            key={managers.length}
            label={t("customer.manager")}
            options={managers}
            value={filters.manager}
            onChange={(manager) => onChange({ manager })}
            placeholder={t("filter.all")}
          />
        )}
        {seesAmounts && (
          <AmountRange key={filters.from + "-" + filters.below} from={filters.from} below={filters.below} onChange={onChange} />
        )}
        <Select
          label={t("filter.quiet")}
          options={quiet}
          value={filters.quiet || ANY}
          onChange={(id) => onChange({ quiet: id === ANY ? "" : id })}
        />
      </div>
      <div className="chips">
        {tiers.map((tier) => (
          <button
            key={tier.code}
            type="button"
            className="chip"
            aria-pressed={chosenTiers.includes(tier.code)}
            onClick={() => onChange({ tier: toggled(chosenTiers, tier.code) })}
          >
            {tierName(tier)}
          </button>
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={filters.overdue === "1"}
          onClick={() => onChange({ overdue: filters.overdue ? "" : "1" })}
        >
          {t("filter.overdue")}
        </button>
        {lookUp && <FilterChip text={t(`lookUp.is.${lookUp.by}`)} onRemove={() => onLookUp(null)} />}
        {filters.unit && (
          <FilterChip text={units.find((unit) => unit.id === filters.unit)?.name ?? t("unit.label")} onRemove={() => onChange({ unit: "" })} />
        )}
        {filters.manager && (
          <FilterChip
            text={managers.find((manager) => manager.id === filters.manager)?.label ?? t("customer.manager")}
            onRemove={() => onChange({ manager: "" })}
          />
        )}
        {hasAny && (
          <button type="button" className="link-button" onClick={() => onChange({ ...LIST_DEFAULTS, sort: filters.sort, size: filters.size })}>
            {t("filter.reset")}
          </button>
        )}
      </div>
    </section>
  );
}

function toggled(chosen: readonly string[], code: string): string {
  return (chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]).join();
}
