"""Rating by daily average with the two-quarter rule; the batch must agree with it exactly."""

from dataclasses import dataclass
from enum import StrEnum

from domain.money import missing_average_fen
from domain.tier import NO_TIER, Tiers, is_reached, next_tier, tier_named, tier_reached

QUARTERS_TO_MOVE = 2  # 第六条(三)(四); a rule book may say otherwise


class OutOfRange(StrEnum):
    """On which side of the tier held the newest counted quarters lie."""

    IN = "in"
    BELOW = "below"
    ABOVE = "above"


class Outcome(StrEnum):
    """What one rating made of a customer."""

    ENTERED = "entered"
    RISEN = "risen"
    KEPT = "kept"
    FALLEN = "fallen"
    LEFT = "left"
    OUTSIDE = "outside"


class Reason(StrEnum):
    """Why, as a code; the pages make the sentence."""

    ENTERED = "ENTERED"
    LEFT = "LEFT"
    RISEN = "RISEN"
    FALLEN = "FALLEN"
    IN_RANGE = "IN_RANGE"
    ONE_QUARTER_BELOW = "ONE_QUARTER_BELOW"
    ONE_QUARTER_ABOVE = "ONE_QUARTER_ABOVE"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer carries from one rating to the next.

    Args:
        tier: Code of the tier held; ``none`` for no tier.
        quarters_out_of_range: How many quarters in a row lay on that side; 0 when in range.
        direction: The side on which they lay.
    """

    tier: str = NO_TIER
    quarters_out_of_range: int = 0
    direction: OutOfRange = OutOfRange.IN


NEVER_RATED = Standing()


@dataclass(frozen=True, slots=True)
class Rated:
    """The result of one rating: the new standing, what it was before, and why."""

    standing: Standing
    previous_tier: str
    outcome: Outcome
    reason: Reason


def rate(
    state: Standing,
    balance_days_fen: int,
    days: int,
    tiers: Tiers,
    quarters_to_move: int = QUARTERS_TO_MOVE,
) -> Rated:
    """Return the standing after one more quarter.

    Who holds no tier and reaches the lowest bar is rated at once. Who holds one moves only
    when that many quarters in a row lay on the same side of it, and then by the newest.

    Args:
        state: The standing after the quarter before; `NEVER_RATED` for a new customer.
        balance_days_fen: Sum over the quarter's days of the end-of-day total assets.
        days: The days of the quarter, all of which count.
        tiers: From the lowest to the highest.
        quarters_to_move: Quarters in a row out of range that re-rate.

    Source: postal-high-end 第五条, 第六条.
    """
    held = tier_named(state.tier, tiers)
    reached = tier_reached(balance_days_fen, days, tiers)
    newest = reached.code if reached else NO_TIER
    if held is None:
        if reached is None:
            return Rated(NEVER_RATED, NO_TIER, Outcome.OUTSIDE, Reason.OUTSIDE)
        return Rated(Standing(newest), NO_TIER, Outcome.ENTERED, Reason.ENTERED)
    if reached == held:
        return Rated(Standing(held.code), held.code, Outcome.KEPT, Reason.IN_RANGE)
    is_above = reached is not None and reached.rank > held.rank
    direction = OutOfRange.ABOVE if is_above else OutOfRange.BELOW
    quarters = state.quarters_out_of_range + 1 if state.direction is direction else 1
    if quarters < quarters_to_move:
        waiting = Reason.ONE_QUARTER_ABOVE if is_above else Reason.ONE_QUARTER_BELOW
        return Rated(Standing(held.code, quarters, direction), held.code, Outcome.KEPT, waiting)
    if reached is None:
        return Rated(NEVER_RATED, held.code, Outcome.LEFT, Reason.LEFT)
    if is_above:
        return Rated(Standing(newest), held.code, Outcome.RISEN, Reason.RISEN)
    return Rated(Standing(newest), held.code, Outcome.FALLEN, Reason.FALLEN)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a customer has a tier, in codes and figures.

    Args:
        code: One of `Reason`.
        article: The article that the rating follows.
        minimum_fen: Lower bar of the tier held before; None without one.
        maximum_fen: Upper bar of the tier held before, exclusive; None at the top or without one.
        missing_to_stay_fen: Daily average that was missing to the tier held before; None if none.
        missing_to_rise_fen: Daily average missing to *next_tier*: 0 if its bar is reached and
            another such quarter moves the customer up; None at the top.
        next_tier: Code of the tier above the one held now; None at the top.
    """

    code: Reason
    article: str
    minimum_fen: int | None
    maximum_fen: int | None
    missing_to_stay_fen: int | None
    missing_to_rise_fen: int | None
    next_tier: str | None


def explain(
    rated: Rated, balance_days_fen: int, days: int, tiers: Tiers, article: str
) -> Explanation:
    """Return why *rated* came out as it did, and what is missing to stay or to rise.

    Missing amounts are daily averages in fen, rounded up so that adding them is enough.

    Args:
        rated: What `rate` gave for the same sums.
        balance_days_fen: As given to `rate`.
        days: As given to `rate`.
        tiers: As given to `rate`.
        article: The rule book's article on rating.
    """
    held = tier_named(rated.previous_tier, tiers)
    above = next_tier(rated.standing.tier, tiers)
    missing_to_stay = (
        missing_average_fen(balance_days_fen, days, held.from_fen)
        if held and not is_reached(balance_days_fen, days, held.from_fen)
        else None
    )
    return Explanation(
        code=rated.reason,
        article=article,
        minimum_fen=held.from_fen if held else None,
        maximum_fen=held.below_fen if held else None,
        missing_to_stay_fen=missing_to_stay,
        missing_to_rise_fen=(
            missing_average_fen(balance_days_fen, days, above.from_fen) if above else None
        ),
        next_tier=above.code if above else None,
    )
