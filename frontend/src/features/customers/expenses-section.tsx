import { yuan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { ScrollArea } from "@/ui/scroll-area";
import { Section } from "@/ui/section";
import type { CustomerFile } from "./customer-file.gql";

/** What was spent on the customer, line by line as booked. */
export function ExpensesSection({ expenses }: { expenses: CustomerFile["expenses"] }) {
  const sum = expenses.reduce((total, each) => total + each.amountFen, 0);
  return (
    <Section
      id="expenses"
      title={t("file.expenses")}
      aside={expenses.length > 0 && <span className="muted">{t("expenses.sum", { sum: yuan(sum) })}</span>}
    >
      {expenses.length === 0 ? (
        <p className="muted">{t("expenses.none")}</p>
      ) : (
        <ScrollArea label={t("file.expenses")}><table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("expenses.on")}</th>
              <th scope="col">{t("expenses.occasion")}</th>
              <th scope="col" className="end">
                {t("expenses.amount")}
              </th>
              <th scope="col">{t("expenses.voucher")}</th>
            </tr>
          </thead>
          <tbody>
            {expenses.map((each) => (
              <tr key={each.id}>
                <td>{each.spentOn}</td>
                <td>{each.occasion}</td>
                <td className="end">{yuan(each.amountFen)}</td>
                <td>{each.voucherNo}</td>
              </tr>
            ))}
          </tbody>
        </table></ScrollArea>
      )}
    </Section>
  );
}
