import { currentLanguage } from "@/lib/i18n";

export type TierName = { code: string; rank: number; name: string; nameEn: string };

export const tierName = (tier: TierName) => (currentLanguage() === "en" ? tier.nameEn : tier.name);

/** A tier by the rule book's name; colour goes by rank. */
export function TierTag({ tier }: { tier: TierName }) {
  return <span className={`tier tier-${Math.min(tier.rank, 4)}`}>{tierName(tier)}</span>;
}
