import { graphql } from "@/gql/graphql";

/** Customers whose number begins like what was typed. */
export const PaletteCustomersDocument = graphql(`
  query PaletteCustomers($number: String!) {
    customers(first: 8, filter: { number: $number }, sort: NUMBER_ASC) {
      nodes {
        id
        number
        name {
          text
        }
        tier {
          code
          rank
          name
          nameEn
        }
        homeUnit {
          id
          name
        }
      }
    }
  }
`);
