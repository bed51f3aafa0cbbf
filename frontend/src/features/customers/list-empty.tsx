import { t } from "@/lib/i18n";
import { EmptyNotice } from "@/ui/empty-notice";

export function ListEmpty({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyNotice
      icon="customers"
      title={t(isFiltered ? "customers.noneFit" : "customers.none")}
      text={t(isFiltered ? "customers.noneFitText" : "customers.noneText")}
    />
  );
}
