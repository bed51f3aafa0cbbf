import type { CombinedError } from "urql";
import { t } from "./i18n";

/** What the server says is wrong: `message` is in the reader's language, `path` ends in the field. */
export type Problem = { code: string; message: string; path: readonly string[] };

/** Problems by field for a form, and the rest for its foot. */
export function byField(problems: readonly Problem[], fields: readonly string[]) {
  const beside: Record<string, string[]> = {};
  const rest: Problem[] = [];
  for (const problem of problems) {
    const field = problem.path.at(-1);
    if (field && fields.includes(field)) (beside[field] ??= []).push(problem.message);
    else rest.push(problem);
  }
  return { beside, rest };
}

/** A failed request as a problem that says what to do next. */
export function problemOf(error: CombinedError): Problem {
  const known = error.graphQLErrors[0];
  if (error.networkError || !known) return { code: "OFFLINE", message: t("error.offline"), path: [] };
  const code = String(known.extensions["code"] ?? "FAILED");
  if (code === "NOT_ALLOWED_TO_FILTER" || code === "BAD_CURSOR") return { code, message: t(`refused.${code}`), path: [] };
  const number = known.extensions["number"] ?? known.extensions["requestId"];
  const said = typeof number === "string" ? t("error.failedWithNumber", { number }) : known.message;
  return { code, message: said || t("error.failed"), path: [] };
}
