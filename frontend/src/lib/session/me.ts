import { createContext, use } from "react";
import type { Me } from "./me.gql";

export type { Me } from "./me.gql";

export const MeContext = createContext<Me | null>(null);

/** The one who is signed in; only pages behind the sign-in ask. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("A page that needs a signed-in reader was drawn without one.");
  return me;
}

/** Whether policy allows the signed-in reader an action, like 'activity:note'. */
export function useMay(action: string): boolean {
  return useMe().may.includes(action);
}
