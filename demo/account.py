"""One account's end-of-day balances, kept as the days on which they changed."""

from bisect import bisect_right
from collections.abc import Iterator


class Account:
    """An account from the day it was opened to the day it was closed, if it was.

    Days are counted from the first day of the demo's first quarter; an account that is older
    was opened on day -1. Balances are whole fen and never below 0.
    """

    __slots__ = ("balance_fen", "balances", "closed_on", "days", "number", "outlet_code", "product")

    def __init__(self, number: str, outlet_code: str, product: str) -> None:
        self.number = number
        self.outlet_code = outlet_code
        self.product = product
        self.balance_fen = 0
        self.closed_on: int | None = None
        self.days: list[int] = []
        self.balances: list[int] = []

    def add(self, day: int, fen: int) -> None:
        """Add *fen* (or take it out, below 0) on *day*, which is not before the last change."""
        self.balance_fen += fen
        if self.balance_fen < 0:
            raise ValueError(f"Account {self.number} would fall to {self.balance_fen} fen")
        if self.days and self.days[-1] == day:
            self.balances[-1] = self.balance_fen
        else:
            self.days.append(day)
            self.balances.append(self.balance_fen)

    def changes(self, first_day: int, last_day: int) -> Iterator[tuple[int, int]]:
        """Give (day, balance) as a delivery does: the first day's or the opening one, then changes.

        Nothing is given for an account that was not open between *first_day* and *last_day*.
        """
        if self.days[0] > last_day or (self.closed_on is not None and self.closed_on < first_day):
            return
        start = bisect_right(self.days, first_day)
        if start:
            yield first_day, self.balances[start - 1]
        for place in range(start, bisect_right(self.days, last_day)):
            yield self.days[place], self.balances[place]
