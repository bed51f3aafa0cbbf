import type { VariablesOf } from "@/gql/graphql";
import { addDays } from "@/lib/clock";
import { listed } from "@/lib/url";
import type { CustomerListDocument } from "./customer-list.gql";

type Filter = NonNullable<VariablesOf<typeof CustomerListDocument>["filter"]>;

/** What the address may hold; phone and identity numbers never stand there. */
export const LIST_DEFAULTS = {
  tier: "",
  unit: "",
  manager: "",
  from: "",
  below: "",
  quiet: "",
  overdue: "",
  sort: "ASSETS_DESC",
  after: "",
  before: "",
  size: "50",
};
export type ListFilters = typeof LIST_DEFAULTS;

/** An exact look-up, kept in memory only. */
export type LookUp = { by: "number" | "phone" | "idNumber"; text: string };

export const UNASSIGNED = "none";
const FEN_PER_WAN = 1_000_000;

/** The server's filter for what the address and the look-up say. */
export function customerFilter(filters: ListFilters, lookUp: LookUp | null, today: string): Filter {
  const isUnassigned = filters.manager === UNASSIGNED;
  return {
    ...(filters.tier && { tier: listed(filters.tier) }),
    ...(filters.unit && { unit: filters.unit }),
    ...(isUnassigned && { unassigned: true }),
    ...(filters.manager && !isUnassigned && { manager: filters.manager }),
    ...fen("assetsFromFen", filters.from),
    ...fen("assetsBelowFen", filters.below),
    ...(/^\d{1,4}$/.test(filters.quiet) && { notContactedSinceOn: addDays(today, -Number(filters.quiet)) }),
    ...(filters.overdue === "1" && { overdue: true }),
    ...(lookUp && { [lookUp.by]: lookUp.text }),
  };
}

/** An amount in 万元 from the address as fen; what is no amount is no filter. */
function fen(name: "assetsFromFen" | "assetsBelowFen", wan: string): Filter {
  return wan !== "" && Number.isFinite(Number(wan)) ? { [name]: Math.round(Number(wan) * FEN_PER_WAN) } : {};
}
