import type { VariablesOf } from "@/gql/graphql";
import { useAct } from "@/lib/use-act";
import { MaskedField, type Protected } from "@/ui/masked-field";
import { RevealCustomerFieldDocument } from "./reveal-customer-field.gql";

type Field = VariablesOf<typeof RevealCustomerFieldDocument>["input"]["field"];
type Props = { customerId: string; field: Field; label: string; value: Protected };

const USUAL_SECONDS = 60;

/** A protected field of the file, with the way to see it. */
export function RevealableField({ customerId, field, label, value }: Props) {
  const { act, problems, isSending } = useAct(RevealCustomerFieldDocument);
  return <MaskedField label={label} value={value} problems={problems} isSending={isSending} onReveal={reveal} />;

  async function reveal(purpose: string) {
    const shown = await act({ input: { customerId, field, purpose } });
    if (!shown?.text) return null;
    return { text: shown.text, seconds: shown.shownForSeconds ?? USUAL_SECONDS };
  }
}
