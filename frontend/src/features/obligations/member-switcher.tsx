import { t } from "@/lib/i18n";
import { LOOKS_AFTER_CUSTOMERS, useColleagues } from "@/lib/reach/use-reach";
import { useMe } from "@/lib/session/me";
import { ComboBox } from "@/ui/combo-box";
import { EVERYBODY } from "./use-queue-question";

type Props = { value: string; onChange: (member: string) => void };

/** Whose queue is shown: everybody's, one's own, or a colleague's. */
export function MemberSwitcher({ value, onChange }: Props) {
  const { staff: reader } = useMe();
  const colleagues = useColleagues(LOOKS_AFTER_CUSTOMERS).filter((staff) => staff.id !== reader.id);
  const options = [
    { id: EVERYBODY, label: t("queue.everybody") },
    { id: reader.id, label: t("queue.mine", { name: reader.name }) },
    ...colleagues.map((staff) => ({ id: staff.id, label: staff.name, detail: staff.unit.name })),
  ];
  return (
    <div className="member-switcher">
      <ComboBox
        key={options.length}
        label={t("queue.member")}
        options={options}
        value={value}
        onChange={(id) => onChange(id || EVERYBODY)}
      />
    </div>
  );
}
