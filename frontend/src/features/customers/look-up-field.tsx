import { useState } from "react";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/session/me";
import { Button } from "@/ui/button";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import type { LookUp } from "./list-filter";

type By = LookUp["by"];
type Props = { onLookUp: (lookUp: LookUp | null) => void };

/** Find by a customer number, or by a whole phone or identity number; the two last never reach the address. */
export function LookUpField({ onLookUp }: Props) {
  const mayLookUp = useMay("customer_field:look_up");
  const ways: By[] = mayLookUp ? ["number", "phone", "idNumber"] : ["number"];
  const [by, setBy] = useState<By>("number");
  const [text, setText] = useState("");

  return (
    <form
      className="look-up"
      onSubmit={(event) => {
        event.preventDefault();
        onLookUp(text.trim() ? { by, text: text.trim() } : null);
      }}
    >
      <Select
        label={t("lookUp.by")}
        options={ways.map((id) => ({ id, label: t(`lookUp.${id}`) }))}
        value={by}
        onChange={(id) => setBy(ways.find((each) => each === id) ?? "number")}
      />
      <TextField
        label={t(by === "number" ? "lookUp.start" : "lookUp.whole")}
        value={text}
        onChange={setText}
        autoComplete="off"
      />
      <Button type="submit" icon="search" aria-label={t("lookUp.submit")} />
    </form>
  );
}
