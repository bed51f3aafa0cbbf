import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { newGraphqlClient } from "@/lib/graphql-client";
import { rememberedLanguage, switchLanguage } from "@/lib/i18n";
import { MeDocument } from "@/lib/session/me.gql";
import "./styles/index.css";

// Asked for before anything is drawn, so that the answers come while React starts.
const client = newGraphqlClient();
void client.query(MeDocument, {}).toPromise();
await switchLanguage(rememberedLanguage());

const root = document.getElementById("root");
if (root) createRoot(root).render(<App firstClient={client} />);
