import { useEffect } from "react";
import { useQuery } from "urql";
import { SignInPage } from "@/features/sessions/sign-in-page";
import { setClock } from "@/lib/clock";
import { minute } from "@/lib/format";
import { t } from "@/lib/i18n";
import { MeContext } from "@/lib/session/me";
import { MeDocument } from "@/lib/session/me.gql";
import { say } from "@/lib/toasts";
import { ErrorNotice } from "@/ui/error-notice";
import { Shell } from "./shell";

type Props = { onSessionChanged: () => void };

/** Whoever has signed in gets the page of the address; everybody else the sign-in page, at the same address. */
export function Gate({ onSessionChanged }: Props) {
  const [{ data: answer, error }, ask] = useQuery({ query: MeDocument });
  const serverNow = answer?.serverNow;
  useEffect(() => {
    if (serverNow) setClock(serverNow);
  }, [serverNow]);

  if (answer?.me) {
    return (
      <MeContext value={answer.me}>
        <Shell onSignedOut={onSessionChanged} />
      </MeContext>
    );
  }
  if (answer) return <SignInPage onSignedIn={welcome} />;
  if (error) return <ErrorNotice isWholePage onRetry={() => ask({ requestPolicy: "network-only" })} />;
  return <div className="splash" role="status" aria-label={t("shell.loading")} />;

  function welcome(lastSignedInAt: string | null) {
    onSessionChanged();
    const detail = lastSignedInAt
      ? t("signIn.lastTime", { when: minute(lastSignedInAt) })
      : t("signIn.firstTime");
    say({ tone: "ok", text: t("signIn.done"), detail });
  }
}
