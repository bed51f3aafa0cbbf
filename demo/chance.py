"""Chance that can be repeated: the same words give the same draws, on every machine."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """A stream of draws named by what it is for, like ``Chance(7, "customer", 12)``.

    Streams share no state, so that one more draw for one customer changes no other.
    Not for secrets.
    """

    def __new__(cls, *words: str | int) -> "Chance":
        """Make the stream; without this, `Random` would take *words* for its own arguments."""
        return super().__new__(cls)

    def __init__(self, *words: str | int) -> None:
        super().__init__("/".join(str(word) for word in words))

    def happens(self, pct: float) -> bool:
        """Return whether what happens *pct* times in a hundred happens now."""
        return self.random() * 100 < pct

    def between(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*, both included."""
        return low + int(self.random() * (high - low + 1))

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return a key, as often as its weight says."""
        point = self.random() * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return next(reversed(list(weights)))

    def early(self, items: Sequence[T]) -> T:
        """Return one of *items*; the first quarter of them comes half of the time."""
        return items[int(self.random() ** 2 * len(items))]

    def near(self, figure: float, spread: float) -> int:
        """Return a whole number around *figure*, off by at most *spread* of it."""
        return int(figure * (1 + spread * (2 * self.random() - 1)))
