import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components/Button";
import { Icon, type IconName } from "./icon";

type Props = Omit<ButtonProps, "children" | "className"> & {
  tone?: "primary" | "soft" | "plain" | "quiet" | "danger";
  size?: "small" | "usual" | "large";
  icon?: IconName;
  isBusy?: boolean;
  children?: ReactNode;
};

export function Button({ tone = "plain", size = "usual", icon, isBusy, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={`button button-${tone} button-${size} ${isBusy ? "button-busy" : ""}`}>
      {icon && <Icon name={icon} size={size === "small" ? 15 : 17} />}
      {children}
    </AriaButton>
  );
}

type IconButtonProps = Omit<ButtonProps, "children" | "className"> & {
  icon: IconName;
  label: string;
};

/** A button with a drawing only; its name is said and shown on hover. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <AriaButton {...rest} aria-label={label} className="icon-button">
      <span title={label} className="icon-button-face">
        <Icon name={icon} />
      </span>
    </AriaButton>
  );
}
