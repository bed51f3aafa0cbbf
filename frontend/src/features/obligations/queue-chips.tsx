import { t } from "@/lib/i18n";
import { obligationKindName } from "@/lib/words";
import { Icon } from "@/ui/icon";
import { ICON_OF } from "./kind-icons";
import { KINDS } from "./use-queue-question";

type Props = { kinds: readonly string[]; onToggle: (kind: string) => void };

/** Which kinds of obligations are shown; none chosen is all. */
export function QueueChips({ kinds, onToggle }: Props) {
  return (
    <div className="chips" role="group" aria-label={t("queue.kinds")}>
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={kinds.includes(kind)}
          onClick={() => onToggle(kind)}
        >
          <Icon name={ICON_OF[kind]} size={15} />
          {obligationKindName(kind)}
        </button>
      ))}
    </div>
  );
}
