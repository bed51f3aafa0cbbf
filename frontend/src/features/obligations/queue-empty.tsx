import { count } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { EmptyNotice } from "@/ui/empty-notice";

type Props = { isFiltered: boolean; later: number; onShowLater: () => void };

/** Nothing is due: say so, and what comes later. */
export function QueueEmpty({ isFiltered, later, onShowLater }: Props) {
  return (
    <div className="card">
      <EmptyNotice
        icon="check"
        title={t(isFiltered ? "queue.emptyKinds" : "queue.empty")}
        text={later > 0 ? t("queue.emptyLater", { n: count(later) }) : t("queue.emptyNothing")}
      >
        {later > 0 && <Button onPress={onShowLater}>{t("queue.showLater", { n: count(later) })}</Button>}
      </EmptyNotice>
    </div>
  );
}
