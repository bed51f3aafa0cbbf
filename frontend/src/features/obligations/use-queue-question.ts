import type { VariablesOf } from "@/gql/graphql";
import { useOversees } from "@/lib/reach/use-reach";
import { useMe } from "@/lib/session/me";
import { listed, useFilters } from "@/lib/url";
import type { WorkQueueDocument } from "./work-queue.gql";

type Filter = NonNullable<VariablesOf<typeof WorkQueueDocument>["filter"]>;
type Kinds = NonNullable<Filter["kind"]>;

export const EVERYBODY = "all";
export const KINDS: Kinds = ["CALL", "VISIT", "BIRTHDAY", "FESTIVAL", "WELCOME"];
const DEFAULTS = { kind: "", member: "", later: "" };

/** Whose queue, of what kinds, how far ahead: from the address. */
export function useQueueQuestion() {
  const { staff } = useMe();
  const oversees = useOversees();
  const [filters, change] = useFilters(DEFAULTS);
  const member = filters.member || (oversees ? EVERYBODY : staff.id);
  const chosen = listed(filters.kind);
  const kinds = KINDS.filter((kind) => chosen.includes(kind));
  const isLaterOpen = filters.later === "1";

  return {
    member,
    ofMember: member === EVERYBODY ? {} : { owner: member },
    kinds,
    isLaterOpen,
    oversees,
    pickMember: (id: string) => change({ member: id }),
    showLater: (isShown: boolean) => change({ later: isShown ? "1" : "" }),
    toggleKind(kind: string) {
      const next = chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind];
      change({ kind: next.join() });
    },
  };
}
