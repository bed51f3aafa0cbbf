import { useState } from "react";
import { recall, remember } from "@/lib/preferences";

type Choosable = { id: string; isOptional?: boolean };

/** Which columns are shown, kept in this browser; the first one always is. */
export function useShownColumns<Col extends Choosable>(all: readonly Col[]) {
  const [ids, setIds] = useState<readonly string[]>(() => remembered(all));
  return {
    ids,
    columns: all.filter((column, index) => index === 0 || ids.includes(column.id)),
    choose(next: readonly string[]) {
      setIds(next);
      remember("weihu.columns", next.join());
    },
  };
}

function remembered(all: readonly Choosable[]): readonly string[] {
  const known = recall("weihu.columns")?.split(",").filter((id) => all.some((column) => column.id === id));
  return known && known.length > 0 ? known : all.filter((column) => !column.isOptional).map((column) => column.id);
}
