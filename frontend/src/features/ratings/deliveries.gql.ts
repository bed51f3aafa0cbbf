import { graphql, type ResultOf } from "@/gql/graphql";

/** The quarters' deliveries of balances, newest first. */
export const DeliveriesDocument = graphql(`
  query Deliveries {
    deliveries {
      id
      period
      bureau
      complete
      deliveredAt
      appliedAt
      appliedBy
      rowsTaken
      rowsSetAside
    }
  }
`);

export type DeliveryLine = ResultOf<typeof DeliveriesDocument>["deliveries"][number];
