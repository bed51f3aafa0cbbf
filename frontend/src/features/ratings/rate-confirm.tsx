import { useLocation } from "wouter";
import { t } from "@/lib/i18n";
import { say } from "@/lib/toasts";
import { useAct } from "@/lib/use-act";
import { Button } from "@/ui/button";
import { DialogBox } from "@/ui/dialog-box";
import { ProblemList } from "@/ui/problem-list";
import { RateQuarterDocument } from "./rate-quarter.gql";

type Props = { period: string; onClose: () => void };

/** Say what rating a quarter does before it is done. */
export function RateConfirm({ period, onClose }: Props) {
  const [, go] = useLocation();
  const { act, problems, isSending } = useAct(RateQuarterDocument);

  return (
    <DialogBox title={t("rate.title", { period })} onClose={onClose}>
      <p>{t("rate.text")}</p>
      <ProblemList problems={problems} />
      <div className="form-actions">
        <Button tone="primary" isBusy={isSending} onPress={() => void rate()} autoFocus>
          {t(isSending ? "rate.busy" : "rate.submit", { period })}
        </Button>
        <Button onPress={onClose}>{t("form.cancel")}</Button>
      </div>
    </DialogBox>
  );

  async function rate() {
    const done = await act({ input: { period } });
    if (!done?.run) return;
    say({ tone: "ok", text: t("rate.done", { period }) });
    onClose();
    go(`/ratings/${period}`);
  }
}
