"""Quarters and months: how they are written, and what days they hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.period import Month, Period, Quarter, month_later, window_start

quarters = st.builds(Quarter, st.integers(1900, 2200), st.integers(1, 4))
months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


def test_a_quarter_and_a_month_are_read_as_they_are_written() -> None:
    assert Period.parse("2026Q2") == Quarter(2026, 2)
    assert Period.parse("2026-05") == Month(2026, 5)


@given(quarters | months)
def test_a_period_written_and_read_again_is_the_same(period: Quarter | Month) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["2026Q5", "2026q2", "2026-13", "2026-5", "26Q1", "", "2026"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RuleBroken, match=r"Write a quarter like 2026Q2"):
        Period.parse(text)


def test_a_month_is_refused_where_a_quarter_is_wanted() -> None:
    with pytest.raises(RuleBroken, match="ratings go by quarters"):
        Quarter.parse_quarter("2026-05")


@pytest.mark.parametrize(
    ("text", "days"), [("2026Q1", 90), ("2024Q1", 91), ("2026Q2", 91), ("2026Q3", 92)]
)
def test_a_quarter_has_all_its_days(text: str, days: int) -> None:
    assert Period.parse(text).days == days


@given(quarters | months)
def test_the_next_period_begins_the_day_after_this_one(period: Quarter | Month) -> None:
    following = period.next()

    assert following.first_on == period.last_on + timedelta(days=1)
    assert following.previous() == period
    assert following.first_on > period.first_on


@given(quarters)
def test_the_months_of_a_quarter_fill_it(quarter: Quarter) -> None:
    first, _, last = quarter.months()

    assert (first.first_on, last.last_on) == (quarter.first_on, quarter.last_on)
    assert {month.quarter() for month in quarter.months()} == {quarter}


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_windows_lie_side_by_side_from_january_on(day: date, length: int) -> None:
    first_on = window_start(day, length)

    assert first_on <= day < month_later(first_on, length)
    assert (first_on.month - 1) % length == 0


def test_a_day_lies_in_the_period_that_holds_it() -> None:
    assert Quarter.of(date(2026, 6, 30)) == Quarter(2026, 2)
    assert Quarter(2026, 2).contains(date(2026, 4, 1))
    assert not Quarter(2026, 2).contains(date(2026, 7, 1))
