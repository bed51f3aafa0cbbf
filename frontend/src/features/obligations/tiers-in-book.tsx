import { Link } from "wouter";
import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useTiers } from "@/lib/rule-book/cadence";
import { useMay } from "@/lib/session/me";
import { useList } from "@/lib/use-list";
import { TierTag } from "@/ui/tier-tag";
import { TiersInBookDocument } from "./tiers-in-book.gql";

/** How many customers of each tier the reader's book holds; each leads to the list. */
export function TiersInBook({ ofMember }: { ofMember: { owner?: string } }) {
  const mayReadCustomers = useMay("customer:read");
  const tiers = useTiers();
  const byRank = (rank: number) => ({
    tier: tiers.filter((tier) => tier.rank === rank).map((tier) => tier.code),
    ...(ofMember.owner && { manager: ofMember.owner }),
  });
  const filters = { rank1: byRank(1), rank2: byRank(2), rank3: byRank(3), rank4: byRank(4) };
  const [{ data: answer }] = useList(TiersInBookDocument, filters, ["Customer"], tiers.length === 0 || !mayReadCustomers);
  if (!mayReadCustomers) return null;

  return (
    <section className="card" aria-labelledby="tiers-title">
      <header className="card-head">
        <h2 id="tiers-title">{t("tiersInBook.title")}</h2>
      </header>
      <ul className="tier-counts">
        {[...tiers].reverse().map((tier) => (
          <li key={tier.code}>
            <Link href={linkTo(tier.code)}>
              <strong>{answer ? count(totalOf(tier.rank)) : t("sign.none")}</strong>
              <TierTag tier={tier} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );

  function totalOf(rank: number): number {
    const totals = [answer?.rank1, answer?.rank2, answer?.rank3, answer?.rank4];
    return totals[rank - 1]?.total ?? 0;
  }

  function linkTo(code: string): string {
    return `/customers?tier=${code}${ofMember.owner ? `&manager=${ofMember.owner}` : ""}`;
  }
}
