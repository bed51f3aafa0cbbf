import { day } from "@/lib/format";
import { t } from "@/lib/i18n";
import { place } from "@/lib/neighbours";
import { useMay } from "@/lib/session/me";
import { customerKindName } from "@/lib/words";
import { Button, IconButton } from "@/ui/button";
import { DueClock } from "@/ui/due-clock";
import { TierTag } from "@/ui/tier-tag";
import type { CustomerFile } from "./customer-file.gql";
import { FileIndex } from "./file-index";
import { RevealableField } from "./revealable-field";

type Props = {
  customer: CustomerFile;
  onOpen: (drawer: "note" | "amend" | "assign") => void;
  onTurn: (by: 1 | -1) => void;
};

/** Who it is, which tier since when, whose, what is next, and what can be done. Stays in sight. */
export function FileHead({ customer, onOpen, onTurn }: Props) {
  const mayNote = useMay("activity:note");
  const mayAmend = useMay("customer:amend");
  const mayAssign = useMay("customer:assign");
  const at = place(customer.number);

  return (
    <header className="file-head">
      <div className="file-title">
        <h1>
          <RevealableField customerId={customer.id} field="NAME" label={t("customer.name")} value={customer.name} />
        </h1>
        <TierTag tier={customer.tier} />
        <span className="muted">{customer.number}</span>
        <span className="muted">{customerKindName(customer.kind)}</span>
        <div className="file-actions">
          {at && (
            <span className="file-turn">
              <IconButton icon="left" label={t("file.previous")} isDisabled={at.at === 1} onPress={() => onTurn(-1)} />
              <span className="muted small">{t("file.place", { at: at.at, of: at.of })}</span>
              <IconButton icon="right" label={t("file.next")} isDisabled={at.at === at.of} onPress={() => onTurn(1)} />
            </span>
          )}
          {mayAssign && <Button onPress={() => onOpen("assign")}>{t("unassigned.assign")}</Button>}
          {mayAmend && <Button onPress={() => onOpen("amend")}>{t("amend.title")}</Button>}
          {mayNote && (
            <Button tone="primary" icon="plus" onPress={() => onOpen("note")}>
              {t("activity.drawer")}
            </Button>
          )}
        </div>
      </div>
      <dl className="file-facts">
        <Fact term={t("customer.tierSince")} text={day(customer.tierSinceOn)} />
        <Fact term={t("customer.homeUnit")} text={customer.homeUnit?.name ?? t("sign.none")} />
        <Fact term={t("customer.manager")} text={customer.manager?.name ?? t("customer.nobody")} />
        <Fact term={t("customer.lastContact")} text={day(customer.lastContactOn)} />
        <div>
          <dt>{t("customer.nextDue")}</dt>
          <dd>{customer.nextDueOn ? <DueClock dueOn={customer.nextDueOn} /> : t("sign.none")}</dd>
        </div>
      </dl>
      <FileIndex />
    </header>
  );
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}
