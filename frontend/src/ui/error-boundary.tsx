import { Component, type ReactNode } from "react";
import { t } from "@/lib/i18n";
import { ErrorNotice } from "./error-notice";

type Props = { children: ReactNode };
type State = { isBroken: boolean };

/** A bug on one page leaves the shell standing. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { isBroken: false };

  static getDerivedStateFromError(): State {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return <ErrorNotice text={t("error.page")} onRetry={() => this.setState({ isBroken: false })} />;
  }
}
