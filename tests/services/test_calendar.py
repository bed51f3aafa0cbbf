"""China's calendar as the libraries tell it."""

from datetime import date

import pytest

from services.calendar import FESTIVALS, calendar_around, china_calendar
from store.rule_book import load_rule_book

CALENDAR = china_calendar(2024, 2027)


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("new_year", ("2025-01-01", "2026-01-01")),
        ("spring_festival", ("2025-01-29", "2026-02-17")),
        ("labour_day", ("2025-05-01", "2026-05-01")),
        ("dragon_boat", ("2025-05-31", "2026-06-19")),
        ("mid_autumn", ("2025-10-06", "2026-09-25")),
        ("national_day", ("2025-10-01", "2026-10-01")),
    ],
)
def test_festivals_fall_on_their_days(code: str, days: tuple[str, ...]) -> None:
    found = CALENDAR.festival_days(code, date(2025, 1, 1), date(2026, 12, 31))

    assert tuple(map(str, found)) == days


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)])
def test_published_make_up_saturdays_are_worked(day: date) -> None:
    assert CALENDAR.is_workday(day)


def test_the_week_of_spring_festival_is_off() -> None:
    assert CALENDAR.workdays_between(date(2026, 2, 15), date(2026, 2, 23)) == ()


def test_every_festival_of_the_main_rule_book_is_known() -> None:
    assert {festival.code for festival in load_rule_book().contacts.festivals} <= set(FESTIVALS)


def test_a_calendar_around_a_day_reaches_two_years_on() -> None:
    calendar = calendar_around(date(2026, 5, 1))

    assert (calendar.first_on, calendar.last_on) == (date(2025, 1, 1), date(2028, 12, 31))
