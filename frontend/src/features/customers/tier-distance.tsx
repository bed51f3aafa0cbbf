import { wan } from "@/lib/format";
import { t } from "@/lib/i18n";
import { TierTag } from "@/ui/tier-tag";
import type { FileRating } from "./customer-quarters.gql";

/** How much more keeps the present tier, and how much more reaches the next. */
export function TierDistance({ rating }: { rating: FileRating }) {
  const { missingToStayFen, missingToRiseFen, nextTier } = rating.explanation;
  const cushion = cushionFen(rating);
  if (missingToStayFen === null && missingToRiseFen === null && cushion === null) return null;
  return (
    <ul className="distances">
      {missingToStayFen !== null && (
        <li className="distance-danger">
          <span>{t("distance.stay")}</span>
          <strong>{t("distance.amount", { amount: wan(missingToStayFen) })}</strong>
        </li>
      )}
      {missingToStayFen === null && cushion !== null && (
        <li>
          <span>{t("distance.cushion")}</span>
          <strong>{t("distance.amount", { amount: wan(cushion) })}</strong>
        </li>
      )}
      {missingToRiseFen !== null && nextTier && (
        <li>
          <span>
            {t("distance.rise")} <TierTag tier={nextTier} />
          </span>
          <strong>
            {missingToRiseFen === 0 ? t("margin.reached") : t("distance.amount", { amount: wan(missingToRiseFen) })}
          </strong>
        </li>
      )}
    </ul>
  );
}

/** How far the average lies above the bar of the tier that is held. */
function cushionFen({ tier, average }: FileRating): number | null {
  if (average.fen === null || tier.rank === 0 || tier.fromFen === null) return null;
  return average.fen >= tier.fromFen ? average.fen - tier.fromFen : null;
}
