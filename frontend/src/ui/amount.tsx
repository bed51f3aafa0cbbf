import { wan, wanRange } from "@/lib/format";
import { t } from "@/lib/i18n";

export type ProtectedAmount = { fen: number | null; range: string | null; isMasked: boolean };

/** An amount in 万元, or its range where the reader may not see it clear. */
export function Amount({ amount }: { amount: ProtectedAmount }) {
  if (amount.fen !== null) return <>{wan(amount.fen)}</>;
  if (!amount.range) return <>{t("sign.none")}</>;
  return <span title={t("amount.masked")}>{wanRange(amount.range)}</span>;
}

/** A change: red and ▲ is up, green and ▼ is down, as on the mainland. */
export function Delta({ amount }: { amount: ProtectedAmount }) {
  if (amount.fen === null && !amount.range) return <>{t("sign.none")}</>;
  if (amount.fen === 0) return <span className="muted">{wan(0)}</span>;
  const isUp = amount.fen === null ? !amount.range?.startsWith("-") : amount.fen > 0;
  const size = amount.fen === null ? wanRange(amount.range?.replace(/^-/, "") ?? "") : wan(Math.abs(amount.fen));
  return (
    <span className={isUp ? "delta up" : "delta down"}>
      <span className="visually-hidden">{t(isUp ? "delta.up" : "delta.down")}</span>
      <span aria-hidden="true">{t(isUp ? "sign.up" : "sign.down")}</span>
      {` ${size}`}
    </span>
  );
}
