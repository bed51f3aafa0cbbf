import { memo } from "react";
import { Link } from "wouter";
import { today } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { article, obligationKindName } from "@/lib/words";
import { Button, IconButton } from "@/ui/button";
import { DueClock } from "@/ui/due-clock";
import { Icon } from "@/ui/icon";
import { TierTag } from "@/ui/tier-tag";
import { ICON_OF } from "./kind-icons";
import type { Standing } from "./shown-queue";
import type { QueueRow as Row } from "./work-queue.gql";

type Props = {
  row: Row;
  standing: Standing;
  reason: string;
  isCursor: boolean;
  isOpen: boolean;
  hasOwner: boolean;
  mayNote: boolean;
  mayPostpone: boolean;
  onNote: (id: string) => void;
  onPostpone: (id: string) => void;
};

/** One obligation: what, whom, why, until when, and the button that does it. */
export const QueueRow = memo(function QueueRow(props: Props) {
  const { row, standing, reason, isCursor, isOpen, hasOwner, mayNote, mayPostpone, onNote, onPostpone } = props;
  return (
    <div
      className={`queue-row queue-${standing}`}
      id={`row-${row.id}`}
      tabIndex={-1}
      role="group"
      aria-label={`${obligationKindName(row.kind)} ${row.customer.name.text ?? ""}`}
      data-cursor={isCursor || undefined}
      data-open={isOpen || undefined}
    >
      <span className="queue-kind">
        <Icon name={ICON_OF[row.kind]} />
        {obligationKindName(row.kind)}
      </span>
      <span className="queue-customer">
        <Link href={`/customers/${row.customer.number}`}>{row.customer.name.text ?? row.customer.number}</Link>
        <span className="queue-number">{row.customer.number}</span>
      </span>
      <span className="queue-tier">
        <TierTag tier={row.tier} />
      </span>
      <span className="queue-reason" title={`${reason} · ${article(row.article)}`}>
        {hasOwner && <span className="queue-owner">{row.owner?.name ?? t("queue.nobody")}</span>}
        <span className="queue-rule">{reason}</span>
        <span className="queue-article">{article(row.article)}</span>
        {row.postponed > 0 && <span className="tag">{t("queue.postponed", { n: row.postponed })}</span>}
      </span>
      <span className="queue-due">
        <DueClock dueOn={row.dueOn} />
      </span>
      <span className="queue-actions">
        {standing === "settled" && (
          <span className="settled-line">
            <Icon name="check" size={15} />
            {t("queue.settled")}
          </span>
        )}
        {standing === "gone" && <span className="muted small">{t("queue.gone")}</span>}
        {standing === "open" && mayPostpone && row.dueOn > today() && (
          <IconButton icon="postpone" label={t("queue.postpone")} onPress={() => onPostpone(row.id)} />
        )}
        {standing === "open" && mayNote && (
          <Button size="small" tone={isOpen ? "plain" : isCursor ? "primary" : "soft"} onPress={() => onNote(row.id)} aria-expanded={isOpen}>
            {t(isOpen ? "queue.fold" : "queue.note")}
          </Button>
        )}
      </span>
    </div>
  );
});
