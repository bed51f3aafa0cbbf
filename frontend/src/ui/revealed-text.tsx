import { useEffect } from "react";
import { t } from "@/lib/i18n";
import { useCountAsRevealed } from "@/lib/revealed";

type Props = { text: string; seconds: number; onRunOut: () => void };

/** A clear value until its time has run out. */
export function RevealedText({ text, seconds, onRunOut }: Props) {
  useCountAsRevealed(true);
  useEffect(() => {
    const end = setTimeout(onRunOut, seconds * 1000);
    return () => clearTimeout(end);
  }, [seconds, onRunOut]);

  return (
    <span className="revealed">
      <span>{text}</span>
      <span className="revealed-word">{t("masked.shown")}</span>
      <span className="revealed-bar" style={{ animationDuration: `${String(seconds)}s` }} />
    </span>
  );
}
