import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type Props = { icon: IconName; title: string; text: string; isWholePage?: boolean; children?: ReactNode };

/** Nothing is here: what would fill it, and the way there. */
export function EmptyNotice({ icon, title, text, isWholePage, children }: Props) {
  return (
    <div className={isWholePage ? "notice notice-page" : "notice notice-empty"}>
      <Icon name={icon} size={26} />
      <div className="notice-words">
        {isWholePage ? <h1>{title}</h1> : <strong>{title}</strong>}
        <p>{text}</p>
      </div>
      {children}
    </div>
  );
}
