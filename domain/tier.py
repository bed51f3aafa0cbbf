"""Tiers: which one a daily average reaches, compared in whole fen times days."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.words import Words

NO_TIER = "none"


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a rule book.

    Args:
        code: Stable name for programs, like ``gold``.
        rank: 1 for the lowest, rising by one; rank 0 is no tier.
        name: As staff and customers say it.
        from_fen: Lower bar of the daily average, inclusive.
        below_fen: Upper bar, exclusive; None for the highest tier.
        article: Who said so.
    """

    code: str
    rank: int
    name: Words
    from_fen: int
    below_fen: int | None
    article: str


Tiers = Sequence[Tier]
"""The tiers of one rule book, from the lowest to the highest, without a gap between them."""


def is_reached(balance_days_fen: int, days: int, bar_fen: int) -> bool:
    """Say whether the daily average reaches *bar_fen*, without dividing anything.

    Args:
        balance_days_fen: Sum over the period's days of the end-of-day balance.
        days: The days of the period, all of which count.
        bar_fen: The bar of a daily average, inclusive.
    """
    return balance_days_fen >= bar_fen * days


def tier_reached(balance_days_fen: int, days: int, tiers: Tiers) -> Tier | None:
    """Return the highest of *tiers* whose bar the daily average reaches; None below the lowest."""
    for tier in reversed(tiers):
        if is_reached(balance_days_fen, days, tier.from_fen):
            return tier
    return None


def tier_named(code: str, tiers: Tiers) -> Tier | None:
    """Return the tier with that *code*; None for ``none``.

    Raises:
        ValueError: No tier of this rule book has that code.
    """
    if code == NO_TIER:
        return None
    for tier in tiers:
        if tier.code == code:
            return tier
    raise ValueError(f"Unknown tier {code!r}; this rule book has {[tier.code for tier in tiers]}")


def rank_of(code: str, tiers: Tiers) -> int:
    """Return the rank of the tier with that *code*: 0 for ``none``, 1 for the lowest."""
    tier = tier_named(code, tiers)
    return tier.rank if tier else 0


def next_tier(code: str, tiers: Tiers) -> Tier | None:
    """Return the tier above that with *code* (the lowest for ``none``); None at the top."""
    rank = rank_of(code, tiers)
    return tiers[rank] if rank < len(tiers) else None
