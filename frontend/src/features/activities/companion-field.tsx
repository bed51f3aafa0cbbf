import { t } from "@/lib/i18n";
import { MAY_COME_ALONG, useColleagues } from "@/lib/reach/use-reach";
import { useMe } from "@/lib/session/me";
import { ComboBox } from "@/ui/combo-box";

type Props = { unitId: string | undefined; isAsked: boolean; value: string; onChange: (staffId: string) => void };

/** Who came along on a visit; the rule book asks for it where a visit is made together. */
export function CompanionField({ unitId, isAsked, value, onChange }: Props) {
  const { staff: reader } = useMe();
  const colleagues = useColleagues(MAY_COME_ALONG, unitId).filter((staff) => staff.id !== reader.id);
  return (
    <ComboBox
      key={colleagues.length}
      name="withStaffId"
      label={t(isAsked ? "activity.withStaffAsked" : "activity.withStaff")}
      options={colleagues.map((staff) => ({ id: staff.id, label: staff.name, detail: staff.unit.name }))}
      value={value}
      onChange={onChange}
      placeholder={t("activity.withStaffHint")}
    />
  );
}
