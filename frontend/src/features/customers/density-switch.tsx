import { useState } from "react";
import { t } from "@/lib/i18n";
import { recall, remember } from "@/lib/preferences";

const DENSITIES = ["compact", "usual", "comfortable"] as const;
export type Density = (typeof DENSITIES)[number];

type Props = { density: Density; onChange: (density: Density) => void };

/** How high rows are. */
export function DensitySwitch({ density, onChange }: Props) {
  return (
    <div className="switch-group" role="group" aria-label={t("density.title")}>
      {DENSITIES.map((each) => (
        <button key={each} type="button" aria-pressed={density === each} onClick={() => onChange(each)}>
          {t(`density.${each}`)}
        </button>
      ))}
    </div>
  );
}

export function useDensity() {
  const [density, setDensity] = useState<Density>(() => DENSITIES.find((each) => each === recall("weihu.density")) ?? "usual");
  const choose = (next: Density) => {
    setDensity(next);
    remember("weihu.density", next);
  };
  return [density, choose] as const;
}
