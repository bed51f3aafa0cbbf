import { useCallback, useRef, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useMutation } from "urql";
import { type Problem, problemOf } from "./problems";

type Payload = { problems: readonly Problem[] };

/**
 * Send a mutation and keep what was wrong with it.
 *
 * `act` answers the payload if it was done, and null if it was not; `problems` then says why.
 */
export function useAct<Answer extends Record<string, Payload>, Variables extends AnyVariables>(
  document: TypedDocumentNode<Answer, Variables>,
) {
  const [{ fetching }, send] = useMutation(document);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const isUnderWay = useRef(false);
  const act = useCallback(
    async (variables: Variables): Promise<Answer[keyof Answer] | null> => {
      if (isUnderWay.current) return null;
      isUnderWay.current = true;
      setProblems([]);
      const { data: answer, error } = await send(variables);
      isUnderWay.current = false;
      const payload = answer && (Object.values(answer)[0] as Answer[keyof Answer] | undefined);
      const wrong = error ? [problemOf(error)] : (payload?.problems ?? []);
      setProblems(wrong);
      return payload && wrong.length === 0 ? payload : null;
    },
    [send],
  );
  return { act, problems, isSending: fetching, forget: () => setProblems([]) };
}
