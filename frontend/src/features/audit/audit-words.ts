import { count, inSentence } from "@/lib/format";
import { t, type TextKey } from "@/lib/i18n";
import type { AuditRow } from "./audit-entries.gql";
import type { Result } from "./audit-filter";

export const TONES: Record<Result, string> = { DONE: "tag-ok", REFUSED: "tag-warn", FAILED: "tag-danger" };

export const actionName = (action: string) => known(`auditAction.${action}`, action);
export const resultName = (result: string) => t(`auditResult.${result}` as TextKey);
export const purposeName = (purpose: string) => known(`purpose.${purpose}`, purpose);

/** What left the house, in words: fields with their counts, else how many customers. */
export function shownWords({ fields, customers }: AuditRow): string {
  const shown = fields.flatMap(({ name, clear, masked }) => {
    const field = known(`auditField.${name.replace(/^customer\./, "")}`, name);
    return [
      ...(clear > 0 ? [t("audit.clear", { field, n: count(clear) })] : []),
      ...(masked > 0 ? [t("audit.masked", { field, n: count(masked) })] : []),
    ];
  });
  if (shown.length > 0) return inSentence(shown);
  return customers > 0 ? t("audit.customers", { n: count(customers) }) : t("sign.none");
}

/** A code that the catalogue does not know is shown as it is. */
function known(key: string, code: string): string {
  const text = t(key as TextKey) as string | undefined;
  return text ?? code;
}
