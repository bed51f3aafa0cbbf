import { useQuery } from "urql";
import type { VariablesOf } from "@/gql/graphql";
import { useMe } from "@/lib/session/me";
import { ColleaguesDocument } from "./colleagues.gql";
import { UnitsDocument } from "./units.gql";

type Roles = NonNullable<VariablesOf<typeof ColleaguesDocument>["role"]>;

export const LOOKS_AFTER_CUSTOMERS: Roles = ["CUSTOMER_MANAGER", "TELLER", "OUTLET_HEAD"];
export const MAY_COME_ALONG: Roles = ["OUTLET_HEAD", "CUSTOMER_MANAGER", "LOBBY_MANAGER", "TELLER", "DISTRICT_OFFICER", "COUNTY_OFFICER"];

/** The units that the reader may choose among; none if they may not read units. */
export function useUnits() {
  const { may } = useMe();
  const [{ data: answer }] = useQuery({ query: UnitsDocument, pause: !may.includes("unit:read") });
  return answer?.units ?? [];
}

/** The staff that the reader may choose among. */
export function useColleagues(role: Roles, unit?: string, isPaused = false) {
  const { may } = useMe();
  const [{ data: answer }] = useQuery({
    query: ColleaguesDocument,
    variables: unit === undefined ? { role } : { role, unit },
    pause: isPaused || !may.includes("staff:read"),
  });
  return answer?.staff ?? [];
}

/** Whether the reader looks after other people's work, and not only after their own. */
export function useOversees(): boolean {
  const { may, posts } = useMe();
  return may.includes("customer:assign") || posts.some((post) => post.unit.kind !== "OUTLET");
}
