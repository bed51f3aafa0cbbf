import { cacheExchange, Client, fetchExchange, mapExchange } from "urql";
import { locale } from "./i18n";
import { sessionEnded } from "./session/ended";

/** The one door to the server. A lost session shows the sign-in page over the place one was at. */
export function newGraphqlClient(): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    exchanges: [
      cacheExchange,
      mapExchange({
        onError(error) {
          if (error.graphQLErrors.some((each) => each.extensions["code"] === "UNAUTHENTICATED")) {
            sessionEnded();
          }
        },
      }),
      fetchExchange,
    ],
    fetchOptions: () => ({
      credentials: "same-origin",
      headers: { "X-Requested-By": "weihu", "Accept-Language": locale() },
    }),
  });
}
