import { currentLanguage, t, type TextKey } from "./i18n";

/** Words for the codes of the schema. */
export const roleName = (role: string) => t(`role.${role}` as TextKey);
export const unitKindName = (kind: string) => t(`unitKind.${kind}` as TextKey);
export const obligationKindName = (kind: string) => t(`obligationKind.${kind}` as TextKey);
export const activityKindName = (kind: string) => t(`activityKind.${kind}` as TextKey);
export const outcomeName = (outcome: string) => t(`outcome.${outcome}` as TextKey);
export const ratingOutcomeName = (outcome: string) => t(`ratingOutcome.${outcome}` as TextKey);
export const queueGroupName = (group: string) => t(`queueGroup.${group}` as TextKey);
export const obligationStateName = (state: string) => t(`obligationState.${state}` as TextKey);
export const complaintStateName = (state: string) => t(`complaintState.${state}` as TextKey);
export const customerKindName = (kind: string) => t(`customerKind.${kind}` as TextKey);
export const productName = (product: string) => known(`product.${product}`, product);
export const channelName = (channel: string) => known(`channel.${channel}`, channel);

/** Who did something: a staff number, or the command line. */
export const byWhom = (who: string) => (who === "console" ? t("by.console") : who);

const DIGITS = "零一二三四五六七八九";

/** An article of a rule book as the language cites it: 第十六条(一), or art. 16(1). */
export function article(cited: string): string {
  const parts = /^第([一二三四五六七八九十]+)条(?:[((]([一二三四五六七八九十]+)[))])?$/.exec(cited);
  if (!parts || currentLanguage() === "zh") return cited;
  const paragraph = parts[2] ? `(${String(counted(parts[2]))})` : "";
  return t("article", { number: `${String(counted(parts[1] ?? ""))}${paragraph}` });
}

/** A Chinese number up to ninety-nine: 二十三 is 23. */
function counted(numeral: string): number {
  const [tens, ones] = numeral.includes("十") ? numeral.split("十") : ["零", numeral];
  return (tens === "" ? 1 : DIGITS.indexOf(tens ?? "零")) * 10 + Math.max(0, DIGITS.indexOf(ones || "零"));
}

/** A code that the catalogue may not know yet is shown as it is. */
function known(key: string, code: string): string {
  const text = t(key as TextKey) as string | undefined;
  return text ?? code;
}
