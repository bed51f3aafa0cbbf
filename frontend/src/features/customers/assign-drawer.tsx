import { Suspense } from "react";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { Drawer } from "@/ui/drawer";
import { RowSkeleton } from "@/ui/skeleton";
import type { CustomerFile } from "./customer-file.gql";

type Props = Pick<HandedParts, "AssignCustomerForm"> & { customer: CustomerFile; onClose: () => void };

export function AssignDrawer({ customer, AssignCustomerForm, onClose }: Props) {
  return (
    <Drawer title={t("assign.title")} onClose={onClose}>
      <Suspense fallback={<RowSkeleton rows={2} />}>
        <AssignCustomerForm customerId={customer.id} unitId={customer.homeUnit?.id} onDone={onClose} onCancel={onClose} />
      </Suspense>
    </Drawer>
  );
}
