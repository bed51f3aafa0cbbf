import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { ACTIONS, AUDIT_DEFAULTS, type AuditFilters, RESULTS } from "./audit-filter";
import { actionName, resultName } from "./audit-words";

const ANY = "any";

type Props = { filters: AuditFilters; onChange: (changes: Partial<AuditFilters>) => void };

/** Whose entries, of what, how they came out, about which customer. */
export function AuditFilterBar({ filters, onChange }: Props) {
  const [staff, setStaff] = useState(filters.staff);
  const [customer, setCustomer] = useState(filters.customer);
  const any = { id: ANY, label: t("filter.all") };
  const hasAny = Boolean(filters.staff || filters.customer || filters.action || filters.result);

  return (
    <section className="card filter-bar" aria-label={t("filter.title")}>
      <form
        className="audit-fields"
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ staff: staff.trim(), customer: customer.trim() });
        }}
      >
        <TextField label={t("audit.staff")} value={staff} onChange={setStaff} autoComplete="off" />
        <TextField label={t("audit.customer")} value={customer} onChange={setCustomer} autoComplete="off" />
        <Select
          label={t("audit.action")}
          options={[any, ...ACTIONS.map((id) => ({ id, label: actionName(id) }))]}
          value={filters.action || ANY}
          onChange={(id) => onChange({ action: id === ANY ? "" : id })}
        />
        <Select
          label={t("audit.result")}
          options={[any, ...RESULTS.map((id) => ({ id, label: resultName(id) }))]}
          value={filters.result || ANY}
          onChange={(id) => onChange({ result: id === ANY ? "" : id })}
        />
        <div className="audit-find">
          <Button type="submit" icon="search">
            {t("lookUp.submit")}
          </Button>
          {hasAny && (
            <button
              type="button"
              className="link-button"
              onClick={() => {
                setStaff("");
                setCustomer("");
                onChange(AUDIT_DEFAULTS);
              }}
            >
              {t("filter.reset")}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
