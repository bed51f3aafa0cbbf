import { FieldError } from "react-aria-components/FieldError";
import { t } from "@/lib/i18n";

/** What is wrong with a field, in the page's language and not the browser's. */
export function FieldProblem() {
  return (
    <FieldError className="field-problem">
      {({ validationErrors, validationDetails }) => {
        if (validationDetails.valueMissing) return t("field.missing");
        if (validationDetails.tooShort || validationDetails.tooLong) return t("field.length");
        if (validationDetails.rangeOverflow || validationDetails.rangeUnderflow) return t("field.range");
        if (validationDetails.badInput || validationDetails.patternMismatch) return t("field.form");
        return validationErrors.join(" ");
      }}
    </FieldError>
  );
}
