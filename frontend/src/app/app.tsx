import { useEffect, useState } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria/PortalProvider";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { type Client, Provider } from "urql";
import { newGraphqlClient } from "@/lib/graphql-client";
import { inputLocale, t, useLanguage } from "@/lib/i18n";
import { onSessionEnded } from "@/lib/session/ended";
import { ToastRegion } from "@/ui/toast-region";
import { Gate } from "./gate";

/** Language, the door to the server, and the gate in front of every page. */
export function App({ firstClient }: { firstClient: Client }) {
  const language = useLanguage();
  const [client, setClient] = useState(firstClient);
  useEffect(() => onSessionEnded(renew), []);

  return (
    <I18nProvider locale={inputLocale()} key={language}>
      <Provider value={client}>
        <PortalProvider getContainer={overlays}>
          <Gate onSessionChanged={renew} />
        </PortalProvider>
        <section id="overlays" aria-label={t("shell.overlays")} />
        <ToastRegion />
      </Provider>
    </I18nProvider>
  );

  // A new client knows nothing that the last reader saw.
  function renew() {
    setClient(newGraphqlClient());
  }
}

/** Where popovers and drawers hang, so that they lie in a landmark. */
const overlays = () => document.getElementById("overlays");
