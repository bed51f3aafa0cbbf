import { t } from "@/lib/i18n";
import { Icon } from "./icon";

/** A filter in force, and the way to take it back. */
export function FilterChip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="chip chip-filter">
      {text}
      <button type="button" onClick={onRemove} aria-label={t("filter.remove", { text })}>
        <Icon name="close" size={13} />
      </button>
    </span>
  );
}
