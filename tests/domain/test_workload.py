"""How a window's work is spread over its days."""

from collections import Counter
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.due import due_obligations
from domain.obligation import Due, ObligationKind
from domain.workload import planned_evenly, preferred_day
from tests.domain.books import CALENDAR, RULE_BOOK, a_customer

MAY = (date(2026, 5, 1), date(2026, 5, 31))


def calls_in_may(customers: int) -> list[Due]:
    return [
        due
        for number in range(customers)
        for due in due_obligations(a_customer("gold", number), RULE_BOOK, CALENDAR, *MAY)
        if due.kind is ObligationKind.CALL
    ]


@settings(max_examples=20)
@given(st.integers(0, 200))
def test_no_day_of_a_manager_s_month_has_two_calls_more_than_another(customers: int) -> None:
    planned = planned_evenly(calls_in_may(customers), CALENDAR)

    work = Counter(due.plan_on for due in planned)
    a_day = [work[day] for day in CALENDAR.workdays_between(*MAY)]
    assert max(a_day) - min(a_day) <= 1
    assert sum(a_day) == customers


def test_work_goes_where_the_day_is_still_free() -> None:
    busy = {day: 3 for day in CALENDAR.workdays_between(*MAY)[1:]}

    planned = planned_evenly(calls_in_may(3), CALENDAR, busy)

    assert {due.plan_on for due in planned} == {CALENDAR.workdays_between(*MAY)[0]}


def test_what_is_opened_late_is_not_planned_in_the_past() -> None:
    today = date(2026, 5, 20)

    planned = planned_evenly(calls_in_may(40), CALENDAR, not_before=today)

    assert min(due.plan_on for due in planned) >= today


@given(st.randoms())
def test_the_plan_does_not_depend_on_the_order(random: Random) -> None:
    calls = calls_in_may(30)
    shuffled = sorted(calls, key=lambda _: random.random())

    assert planned_evenly(shuffled, CALENDAR) == planned_evenly(calls, CALENDAR)


def test_birthdays_keep_their_day() -> None:
    customer = a_customer("vip", birth_date=date(1970, 5, 20))
    dues = due_obligations(customer, RULE_BOOK, CALENDAR, *MAY)
    (birthday,) = (due for due in dues if due.kind is ObligationKind.BIRTHDAY)

    busy = {birthday.plan_on: 50}

    assert birthday in planned_evenly(dues, CALENDAR, busy)


def test_a_customer_has_about_the_same_place_in_every_window() -> None:
    march, april = (
        preferred_day("C070000007/call", CALENDAR, *window)
        for window in (
            (date(2025, 7, 1), date(2025, 7, 31)),
            (date(2027, 3, 1), date(2027, 3, 31)),
        )
    )

    assert abs(march.day - april.day) <= 1
