import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { NumberField } from "react-aria-components/NumberField";
import { t } from "@/lib/i18n";

type Props = { from: string; below: string; onChange: (range: { from?: string; below?: string }) => void };

/** Average assets from … to below …, in 万元. */
export function AmountRange({ from, below, onChange }: Props) {
  return (
    <div className="field" role="group" aria-labelledby="amount-range">
      <span className="react-aria-Label" id="amount-range">
        {t("filter.assets")}
      </span>
      <div className="amount-range">
        <End label={t("filter.assetsFrom")} value={from} onChange={(next) => onChange({ from: next })} />
        <span className="muted">{t("sign.none")}</span>
        <End label={t("filter.assetsBelow")} value={below} onChange={(next) => onChange({ below: next })} />
      </div>
    </div>
  );
}

type EndProps = { label: string; value: string; onChange: (value: string) => void };

function End({ label, value, onChange }: EndProps) {
  return (
    <NumberField
      aria-label={label}
      minValue={0}
      defaultValue={value === "" ? NaN : Number(value)}
      onChange={(next) => onChange(Number.isNaN(next) ? "" : String(next))}
    >
      <Group>
        <Input className="input" />
      </Group>
    </NumberField>
  );
}
