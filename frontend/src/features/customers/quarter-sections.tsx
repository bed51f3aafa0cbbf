import { t } from "@/lib/i18n";
import { useList } from "@/lib/use-list";
import { ErrorNotice } from "@/ui/error-notice";
import { Section } from "@/ui/section";
import { RowSkeleton } from "@/ui/skeleton";
import { AssetsSection } from "./assets-section";
import { CustomerQuartersDocument } from "./customer-quarters.gql";
import { TierSection } from "./tier-section";

/** The two charts over the quarters; their place is kept while they are awaited. */
export function QuarterSections({ number }: { number: string }) {
  const [{ data: answer, error }, ask] = useList(CustomerQuartersDocument, { number }, ["Rating"]);
  const customer = answer?.customer;
  if (customer) {
    return (
      <>
        <TierSection ratings={customer.ratings} />
        <AssetsSection holdings={customer.holdings} />
      </>
    );
  }
  const awaited = error ? <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} /> : <RowSkeleton rows={9} />;
  return (
    <>
      <Section id="tiers" title={t("file.tiers")}>
        {awaited}
      </Section>
      <Section id="assets" title={t("file.assets")}>
        {awaited}
      </Section>
    </>
  );
}
