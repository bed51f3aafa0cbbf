"""Workdays, days off and festivals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 5, day) for day in (8, 9, 10, 11))
MAY_DAY = date(2026, 5, 1)
CALENDAR = Calendar(
    date(2026, 1, 1),
    date(2026, 12, 31),
    holidays=frozenset({MAY_DAY, date(2026, 5, 4), date(2026, 5, 5)}),
    makeup_workdays=frozenset({SATURDAY}),
    festivals={"labour_day": (MAY_DAY,)},
)
days = st.dates(date(2026, 2, 1), date(2026, 11, 30))


def test_weekdays_are_workdays_but_for_holidays() -> None:
    assert CALENDAR.is_workday(FRIDAY)
    assert not CALENDAR.is_workday(SUNDAY)
    assert not CALENDAR.is_workday(MAY_DAY)


def test_a_make_up_saturday_is_worked() -> None:
    assert CALENDAR.is_workday(SATURDAY)
    assert CALENDAR.workdays_between(FRIDAY, MONDAY) == (FRIDAY, SATURDAY, MONDAY)


def test_the_next_workday_of_a_workday_is_itself() -> None:
    assert CALENDAR.next_workday(FRIDAY) == FRIDAY
    assert CALENDAR.next_workday(MAY_DAY) == date(2026, 5, 6)


def test_workdays_are_counted_over_days_off() -> None:
    assert CALENDAR.shift(FRIDAY, 2) == MONDAY
    assert CALENDAR.shift(SUNDAY, -1) == SATURDAY
    assert CALENDAR.shift(date(2026, 4, 30), 1) == date(2026, 5, 6)


@given(days, st.integers(-10, 10))
def test_shifting_there_and_back_is_the_next_workday(day: date, count: int) -> None:
    assert CALENDAR.shift(CALENDAR.shift(day, count), -count) == CALENDAR.next_workday(day)


@given(days, days)
def test_workdays_between_two_days_are_exactly_those_that_are_worked(one: date, two: date) -> None:
    first_on, last_on = sorted((one, two))
    each = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]

    worked = CALENDAR.workdays_between(first_on, last_on)

    assert worked == tuple(day for day in each if CALENDAR.is_workday(day))


def test_festivals_are_found_between_two_days() -> None:
    assert CALENDAR.festival_days("labour_day", date(2026, 4, 1), MAY_DAY) == (MAY_DAY,)
    assert CALENDAR.festival_days("labour_day", date(2026, 5, 2), date(2026, 6, 1)) == ()


def test_days_and_festivals_that_the_calendar_does_not_know_are_a_bug() -> None:
    with pytest.raises(ValueError, match="2027-01-01 is outside the calendar"):
        CALENDAR.is_workday(date(2027, 1, 1))
    with pytest.raises(ValueError, match="outside the calendar"):
        CALENDAR.shift(date(2026, 12, 30), 5)
    with pytest.raises(ValueError, match="Unknown festival 'easter'"):
        CALENDAR.festival_days("easter", MAY_DAY, MAY_DAY)
