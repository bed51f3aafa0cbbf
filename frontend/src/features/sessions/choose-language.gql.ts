import { graphql } from "@/gql/graphql";

/** Keep the language with the member of staff, for their next sign-in on any machine. */
export const ChooseLanguageDocument = graphql(`
  mutation ChooseLanguage($input: ChooseLanguageInput!) {
    chooseLanguage(input: $input) {
      me {
        language
      }
      problems {
        code
        message
        path
      }
    }
  }
`);
