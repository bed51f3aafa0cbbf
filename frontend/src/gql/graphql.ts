import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema.generated";

/** Types a GraphQL document by the committed schema; nothing of it runs but the parser. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: {
    ID: string;
    Date: string;
    DateTime: string;
    Fen: number;
    UUID: string;
  };
}>();

export type { ResultOf, VariablesOf } from "gql.tada";
