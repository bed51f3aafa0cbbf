"""China's calendar from well-kept libraries: public holidays, make-up workdays, lunar festivals."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import holidays
from lunardate import LunarDate

from domain.calendar import Calendar

FESTIVALS: dict[str, Callable[[int], date]] = {
    "new_year": lambda year: date(year, 1, 1),
    "spring_festival": lambda year: _lunar_day(year, 1, 1),
    "labour_day": lambda year: date(year, 5, 1),
    "dragon_boat": lambda year: _lunar_day(year, 5, 5),
    "mid_autumn": lambda year: _lunar_day(year, 8, 15),
    "national_day": lambda year: date(year, 10, 1),
}
"""By the codes that rule books use, the day of each festival in a year."""


@lru_cache(maxsize=16)
def china_calendar(first_year: int, last_year: int) -> Calendar:
    """Return the calendar of the years from *first_year* to *last_year*.

    For a year whose arrangement the State Council has not published yet (usually in November
    of the year before), days off are those of the law, and no make-up workday is known.
    """
    years = range(first_year, last_year + 1)
    days_off = holidays.country_holidays("CN", years=years)
    return Calendar(
        first_on=date(first_year, 1, 1),
        last_on=date(last_year, 12, 31),
        holidays=frozenset(day for day in days_off if day.year in years),
        makeup_workdays=frozenset(day for day in days_off.weekend_workdays if day.year in years),
        festivals={code: tuple(map(of, years)) for code, of in FESTIVALS.items()},
    )


def calendar_around(day: date) -> Calendar:
    """Return the calendar from the year before *day*'s to two years after: for any window."""
    return china_calendar(day.year - 1, day.year + 2)


def _lunar_day(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar
