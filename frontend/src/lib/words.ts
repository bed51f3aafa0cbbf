import { t, type TextKey } from "./i18n";

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

/** A code that the catalogue may not know yet is shown as it is. */
function known(key: string, code: string): string {
  const text = t(key as TextKey) as string | undefined;
  return text ?? code;
}
