"""Which outlet a customer belongs to: one, where most of the assets lie (第九条)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutletStock:
    """What a customer holds at one outlet in one quarter, in fen.

    Args:
        stock_fen: On the quarter's last day.
        balance_days_fen: Sum over the quarter's days of the end-of-day balance.
    """

    outlet_code: str
    stock_fen: int
    balance_days_fen: int


@dataclass(frozen=True, slots=True)
class HomeOutlet:
    """A customer's home outlet, and another that a county or the city must verify first."""

    outlet_code: str | None
    proposed_outlet_code: str | None = None


def home_outlet(stocks: Iterable[OutletStock], present: str | None) -> HomeOutlet:
    """Return the home outlet after a quarter.

    The largest stock names it; on a tie the larger sum over the days, then the present home
    outlet, then the lower code. A customer who has one keeps it: another result is proposed
    only. A customer without any account in the quarter keeps what they have.

    Args:
        stocks: One for each outlet at which the customer has an account, in any order.
        present: Code of the home outlet so far; None for a customer without one.

    Source: postal-high-end 第九条; the ties are decided in `home_outlet_day` of the rule book.
    """
    ranked = sorted(
        stocks,
        key=lambda at: (
            -at.stock_fen,
            -at.balance_days_fen,
            at.outlet_code != present,
            at.outlet_code,
        ),
    )
    if not ranked:
        return HomeOutlet(present)
    largest = ranked[0].outlet_code
    if present is None or largest == present:
        return HomeOutlet(largest)
    return HomeOutlet(present, proposed_outlet_code=largest)
