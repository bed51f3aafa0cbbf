import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type Props = { icon: IconName; title: string; text: string; children?: ReactNode };

/** Nothing is here: what would fill it, and the way there. */
export function EmptyNotice({ icon, title, text, children }: Props) {
  return (
    <div className="notice notice-empty">
      <Icon name={icon} size={26} />
      <p>
        <strong>{title}</strong>
        <span>{text}</span>
      </p>
      {children}
    </div>
  );
}
