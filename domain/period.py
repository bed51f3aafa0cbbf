"""The periods that a bureau rates and reports by: quarters and months of its own calendar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from domain.errors import RuleBroken

MONTHS_PER_YEAR = 12

_PERIOD_TEXT = re.compile(r"([1-9]\d{3})(?:Q([1-4])|-(0[1-9]|1[0-2]))", re.ASCII)


def window_start(day: date, months: int) -> date:
    """Return the first day of the calendar window of *months* that holds *day*.

    Args:
        day: Any day of the window.
        months: 1, 2, 3, 4, 6 or 12: windows lie side by side from 1 January on.
    """
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def month_later(first_on: date, months: int) -> date:
    """Return the first day of the month that lies *months* after that of *first_on*."""
    count = first_on.year * MONTHS_PER_YEAR + first_on.month - 1 + months
    return date(count // MONTHS_PER_YEAR, count % MONTHS_PER_YEAR + 1, 1)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months; `Quarter` and `Month` say how many.

    Args:
        year: The calendar year, four digits.
        number: Which one of the year, from 1.
    """

    year: int
    number: int

    MONTHS: ClassVar[int] = MONTHS_PER_YEAR

    @staticmethod
    def parse(text: str) -> "Quarter | Month":
        """Return the period that *text* names: ``2026Q2`` or ``2026-05``.

        Raises:
            RuleBroken: *text* names neither.
        """
        match = _PERIOD_TEXT.fullmatch(text)
        if match is None:
            raise RuleBroken(
                "BAD_PERIOD",
                f"{text!r} is not a period. Write a quarter like 2026Q2 or a month like 2026-05.",
                path=("period",),
                params={"text": text},
            )
        year, quarter, month = match.groups()
        return Quarter(int(year), int(quarter)) if quarter else Month(int(year), int(month))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the period of this kind that holds *day*."""
        return cls(day.year, (day.month - 1) // cls.MONTHS + 1)

    @property
    def first_on(self) -> date:
        """The period's first day."""
        return date(self.year, (self.number - 1) * self.MONTHS + 1, 1)

    @property
    def last_on(self) -> date:
        """The period's last day."""
        return month_later(self.first_on, self.MONTHS) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the period has; all of them count in an average."""
        return (self.last_on - self.first_on).days + 1

    def contains(self, day: date) -> bool:
        """Say whether *day* lies within the period."""
        return self.first_on <= day <= self.last_on

    def next(self) -> Self:
        """Return the period of this kind that follows."""
        return self.of(month_later(self.first_on, self.MONTHS))

    def previous(self) -> Self:
        """Return the period of this kind that came before."""
        return self.of(month_later(self.first_on, -self.MONTHS))


@dataclass(frozen=True, order=True, slots=True)
class Quarter(Period):
    """A calendar quarter, written ``2026Q2``; number 1 to 4."""

    MONTHS: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @classmethod
    def parse_quarter(cls, text: str) -> "Quarter":
        """Return the quarter that *text* names; a month is refused as well.

        Raises:
            RuleBroken: *text* is no quarter.
        """
        period = Period.parse(text)
        if not isinstance(period, Quarter):
            raise RuleBroken(
                "NOT_A_QUARTER",
                f"{text} is a month, and ratings go by quarters. Write a quarter like 2026Q2.",
                path=("period",),
                params={"text": text},
            )
        return period

    def months(self) -> tuple["Month", "Month", "Month"]:
        """Return the quarter's three months in order."""
        first = Month.of(self.first_on)
        return first, first.next(), first.next().next()


@dataclass(frozen=True, order=True, slots=True)
class Month(Period):
    """A calendar month, written ``2026-05``; number 1 to 12."""

    MONTHS: ClassVar[int] = 1

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    def quarter(self) -> Quarter:
        """Return the quarter that the month belongs to."""
        return Quarter.of(self.first_on)
