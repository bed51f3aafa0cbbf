import { useState } from "react";
import { useLocation } from "wouter";
import { useQuery } from "urql";
import type { HandedParts } from "@/lib/handed-parts";
import { t } from "@/lib/i18n";
import { useKeys } from "@/lib/keys";
import { neighbour } from "@/lib/neighbours";
import { useMay } from "@/lib/session/me";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorNotice } from "@/ui/error-notice";
import { PageSkeleton } from "@/ui/skeleton";
import { AmendDrawer } from "./amend-drawer";
import { AssignDrawer } from "./assign-drawer";
import { BasicsSection } from "./basics-section";
import { ComplaintsSection } from "./complaints-section";
import { CustomerFileDocument } from "./customer-file.gql";
import { ExpensesSection } from "./expenses-section";
import { FileHead } from "./file-head";
import { ObligationsSection } from "./obligations-section";
import { QuarterSections } from "./quarter-sections";
import { TimelineSection } from "./timeline-section";

type Props = Pick<HandedParts, "NoteActivityDrawer" | "AssignCustomerForm"> & { number: string };
type Drawer = "note" | "amend" | "assign" | null;

/** All that the bank knows of one customer and did for them, as far as the reader may see. */
export function CustomerPage({ number, NoteActivityDrawer, AssignCustomerForm }: Props) {
  const [{ data: answer, error, fetching }, ask] = useQuery({ query: CustomerFileDocument, variables: { number } });
  const [drawer, setDrawer] = useState<Drawer>(null);
  const [, go] = useLocation();
  const mayNote = useMay("activity:note");
  const close = () => setDrawer(null);
  useKeys({
    n: (event) => {
      event.preventDefault();
      if (mayNote) setDrawer("note");
    },
    "[": () => turn(-1),
    "]": () => turn(1),
  });

  const customer = answer?.customer;
  if (!answer && fetching) return <PageSkeleton />;
  if (error && !answer) return <ErrorNotice isWholePage onRetry={() => ask({ requestPolicy: "network-only" })} />;
  if (!customer) {
    return (
      <div className="page">
        <EmptyNotice isWholePage icon="search" title={t("file.none")} text={t("file.noneText", { number })} />
      </div>
    );
  }
  return (
    <div className="page file">
      <FileHead customer={customer} onOpen={setDrawer} onTurn={turn} />
      <BasicsSection customer={customer} />
      <QuarterSections number={number} />
      <ObligationsSection number={number} open={customer.open.nodes} />
      <TimelineSection number={number} />
      <ComplaintsSection complaints={customer.complaints} />
      <ExpensesSection expenses={customer.expenses} />
      {drawer === "note" && (
        <NoteActivityDrawer customerId={customer.id} unitId={customer.homeUnit?.id} kind="CALL" onDone={close} onCancel={close} />
      )}
      {drawer === "amend" && <AmendDrawer customer={customer} onClose={close} />}
      {drawer === "assign" && (
        <AssignDrawer customer={customer} AssignCustomerForm={AssignCustomerForm} onClose={close} />
      )}
    </div>
  );

  function turn(by: 1 | -1) {
    const next = neighbour(number, by);
    if (next) go(`/customers/${next}`);
  }
}
