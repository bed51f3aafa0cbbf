"""Money is whole fen in an int; yuan exist only as text, read and written exactly."""

import re

from domain.errors import RuleBroken

FEN_PER_YUAN = 100

_YUAN_TEXT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII)


def fen_from_yuan(text: str) -> int:
    """Return the fen in a text of yuan such as ``1,234.5`` or ``50000``.

    Raises:
        RuleBroken: *text* is no amount, or is finer than a fen.
    """
    amount = text.strip()
    if not _YUAN_TEXT.fullmatch(amount):
        raise RuleBroken(
            "BAD_AMOUNT",
            f"{text!r} is not an amount in yuan. Write it like 1234.50, with at most two decimals.",
            params={"text": text},
        )
    whole, _, decimals = amount.lstrip("-").replace(",", "").partition(".")
    fen = int(whole) * FEN_PER_YUAN + int(decimals.ljust(2, "0") or 0)
    return -fen if amount.startswith("-") else fen


def yuan_text(amount_fen: int, *, grouped: bool = True) -> str:
    """Return *amount_fen* as yuan with two decimals: ``1,234.50``, ungrouped ``1234.50``."""
    sign = "-" if amount_fen < 0 else ""
    whole, fen = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{fen:02}" if grouped else f"{sign}{whole}.{fen:02}"


def daily_average_fen(balance_days_fen: int, days: int) -> int:
    """Return the average end-of-day balance, rounded down; to be shown, never to be compared.

    Args:
        balance_days_fen: Sum over the days of the end-of-day balances.
        days: How many days were added up, at least 1.
    """
    return balance_days_fen // days


def missing_average_fen(balance_days_fen: int, days: int, bar_fen: int) -> int:
    """Return how much more daily average reaches *bar_fen*; 0 if it is reached.

    Rounded up, so that a customer who adds just this does reach the bar.
    """
    return max(0, -((balance_days_fen - bar_fen * days) // days))
