import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { second } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Drawer } from "@/ui/drawer";
import { EmptyNotice } from "@/ui/empty-notice";
import { ErrorNotice } from "@/ui/error-notice";
import { Icon } from "@/ui/icon";
import { RowSkeleton } from "@/ui/skeleton";
import { AuditEntryDocument, type WholeEntry } from "./audit-entry.gql";
import { actionName } from "./audit-words";
import { leafHash } from "./leaf-hash";

type Props = { index: number; onClose: () => void };

/** One entry as it is stored, and whether its hash is right. */
export function EntryDrawer({ index, onClose }: Props) {
  const [{ data: answer, error }, ask] = useQuery({ query: AuditEntryDocument, variables: { index } });
  return (
    <Drawer title={t("audit.entry", { index })} onClose={onClose}>
      {error && !answer && <ErrorNotice onRetry={() => ask({ requestPolicy: "network-only" })} />}
      {!error && !answer && <RowSkeleton rows={6} />}
      {answer?.auditEntry === null && <EmptyNotice icon="shield" title={t("audit.noneFit")} text={t("audit.noneFitText")} />}
      {answer?.auditEntry && <Whole entry={answer.auditEntry} />}
    </Drawer>
  );
}

function Whole({ entry }: { entry: WholeEntry }) {
  const { canonical, leafHash: kept } = entry;
  const [counted, setCounted] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    void leafHash(canonical).then(setCounted);
  }, [canonical]);

  return (
    <>
      <p>
        {second(entry.at)} · {entry.staffNo || t("audit.service")} · {actionName(entry.action)}
      </p>
      <Verdict kept={kept} counted={counted} />
      <dl className="run-facts">
        <div>
          <dt>{t("audit.leafHash")}</dt>
          <dd className="hash">{kept}</dd>
        </div>
        {counted && (
          <div>
            <dt>{t("audit.counted")}</dt>
            <dd className="hash">{counted}</dd>
          </div>
        )}
      </dl>
      <h3>{t("audit.canonical")}</h3>
      <pre className="audit-bytes" tabIndex={0} aria-label={t("audit.canonical")}>
        {canonical}
      </pre>
    </>
  );
}

function Verdict({ kept, counted }: { kept: string; counted: string | null | undefined }) {
  if (counted === undefined) return <p className="muted">{t("shell.loading")}</p>;
  if (counted === null) return <p className="muted">{t("audit.cannotCount")}</p>;
  const isRight = counted === kept;
  return (
    <p className={isRight ? "audit-verdict" : "audit-verdict audit-broken"} role="status">
      <Icon name={isRight ? "check" : "warning"} size={16} />
      {t(isRight ? "audit.matches" : "audit.broken")}
    </p>
  );
}
