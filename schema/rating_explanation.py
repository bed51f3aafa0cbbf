"""Why a rating came out as it did."""

from typing import Any

from domain.rating import Explanation, Outcome, OutOfRange, Rated, Reason, Standing, explain
from domain.tier import Tier as DomainTier
from schema.declare import attribute, shown
from schema.rule_book import Tier, tier_of
from schema.scalars import Fen


class Why:
    """An explanation as one reader may see it: missing amounts would tell the average itself."""

    def __init__(self, why: Explanation, run: Any, is_clear: bool) -> None:
        self.why = why
        self.missing_to_stay_fen = why.missing_to_stay_fen if is_clear else None
        self.missing_to_rise_fen = why.missing_to_rise_fen if is_clear else None
        self.next_tier: DomainTier | None = tier_of(run, why.next_tier) if why.next_tier else None


@shown
class RatingExplanation:
    """Why this tier: codes and figures; the pages make the sentence."""

    code: str = attribute(
        lambda w: w.why.code.value,
        "ENTERED, LEFT, RISEN, FALLEN, IN_RANGE, ONE_QUARTER_BELOW, ONE_QUARTER_ABOVE, OUTSIDE.",
    )
    article: str = attribute(lambda w: w.why.article, "The article on rating.")
    minimum_fen: Fen | None = attribute(
        lambda w: w.why.minimum_fen, "Lower bar of the tier held before."
    )
    maximum_fen: Fen | None = attribute(
        lambda w: w.why.maximum_fen, "The bar from which on that tier ends."
    )
    missing_to_stay_fen: Fen | None = attribute(
        lambda w: w.missing_to_stay_fen,
        "How much more daily average keeps the tier held before; null when it is kept, or masked.",
    )
    missing_to_rise_fen: Fen | None = attribute(
        lambda w: w.missing_to_rise_fen,
        "How much more daily average reaches the next tier; null at the top, or masked.",
    )
    next_tier: Tier | None = attribute(lambda w: w.next_tier, "The next tier; null at the top.")


_REASON = {
    Outcome.ENTERED: Reason.ENTERED,
    Outcome.RISEN: Reason.RISEN,
    Outcome.FALLEN: Reason.FALLEN,
    Outcome.LEFT: Reason.LEFT,
    Outcome.OUTSIDE: Reason.OUTSIDE,
}
_WAITING = {
    OutOfRange.IN: Reason.IN_RANGE,
    OutOfRange.BELOW: Reason.ONE_QUARTER_BELOW,
    OutOfRange.ABOVE: Reason.ONE_QUARTER_ABOVE,
}


def explained(
    run: Any,
    tier: str,
    previous: str,
    outcome: str,
    side: str,
    quarters: int,
    balance_days_fen: int,
    days: int,
    is_clear: bool,
) -> Why:
    """Return why a rating came out as it did, by the rule book in force."""
    came_out, lies = Outcome(outcome), OutOfRange(side)
    reason = _REASON.get(came_out) or _WAITING[lies]
    rated = Rated(Standing(tier, quarters, lies), previous, came_out, reason)
    book = run.rule_book
    return Why(
        explain(rated, balance_days_fen, days, book.tiers, book.rating.article), run, is_clear
    )
