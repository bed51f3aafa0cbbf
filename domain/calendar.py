"""The bureau's calendar as a value: workdays, public holidays, make-up workdays and festivals."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What kind of day each day between two days is.

    Args:
        first_on: The first day that the calendar knows.
        last_on: The last one.
        holidays: Days off by law, weekends or not.
        makeup_workdays: Saturdays and Sundays that are worked, to make up for a day off.
        festivals: By code, like ``dragon_boat``, the day of the festival in each year.
    """

    first_on: date
    last_on: date
    holidays: frozenset[date]
    makeup_workdays: frozenset[date]
    festivals: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    _workdays: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = ((self.first_on + _DAY * n) for n in range((self.last_on - self.first_on).days + 1))
        workdays = tuple(
            day
            for day in days
            if day in self.makeup_workdays
            or (day.weekday() < _SATURDAY and day not in self.holidays)
        )
        object.__setattr__(self, "_workdays", workdays)  # the one way into a frozen dataclass

    def is_workday(self, day: date) -> bool:
        """Say whether the bureau works on *day*."""
        self._ensure_known(day)
        place = bisect_left(self._workdays, day)
        return place < len(self._workdays) and self._workdays[place] == day

    def workdays_between(self, first_on: date, last_on: date) -> tuple[date, ...]:
        """Return the workdays from *first_on* to *last_on*, both included, in order."""
        self._ensure_known(first_on, last_on)
        first = bisect_left(self._workdays, first_on)
        return self._workdays[first : bisect_right(self._workdays, last_on)]

    def next_workday(self, day: date) -> date:
        """Return *day* if it is a workday, else the first one after it."""
        return self.shift(day, 0)

    def shift(self, day: date, workdays: int) -> date:
        """Return the workday that lies so many *workdays* after *day*, or before if negative.

        From a day off, 0 is the next workday, 1 the one after that, and -1 the one before *day*.

        Raises:
            ValueError: The result lies outside the calendar.
        """
        self._ensure_known(day)
        place = bisect_left(self._workdays, day) + workdays
        if not 0 <= place < len(self._workdays):
            raise ValueError(f"{workdays} workdays from {day} is outside {self._reach}")
        return self._workdays[place]

    def festival_days(self, code: str, first_on: date, last_on: date) -> tuple[date, ...]:
        """Return the days of the festival *code* from *first_on* to *last_on*, both included.

        Raises:
            ValueError: The calendar does not know that festival.
        """
        self._ensure_known(first_on, last_on)
        if code not in self.festivals:
            raise ValueError(f"Unknown festival {code!r}; known are {sorted(self.festivals)}")
        return tuple(day for day in self.festivals[code] if first_on <= day <= last_on)

    @property
    def _reach(self) -> str:
        return f"the calendar from {self.first_on} to {self.last_on}"

    def _ensure_known(self, *days: date) -> None:
        for day in days:
            if not self.first_on <= day <= self.last_on:
                raise ValueError(f"{day} is outside {self._reach}")
