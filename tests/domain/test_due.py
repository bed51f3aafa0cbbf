"""Which contacts a customer is owed, and on which days."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.due import CustomerFacts, birthday_in, due_obligations, is_superseded
from domain.obligation import Due, ObligationKind
from tests.domain.books import CALENDAR, RULE_BOOK, a_customer

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
CONTACTS = (ObligationKind.CALL, ObligationKind.VISIT)


def owed(customer: CustomerFacts, first: date = YEAR[0], last: date = YEAR[1]) -> list[Due]:
    return due_obligations(customer, RULE_BOOK, CALENDAR, first, last)


def windows(customer: CustomerFacts, kind: ObligationKind) -> list[tuple[str, str]]:
    return [(str(d.opens_on), str(d.due_on)) for d in owed(customer) if d.kind is kind]


customers = st.builds(
    a_customer,
    st.sampled_from(["none", "vip", "gold", "platinum", "diamond"]),
    st.integers(1, 9_999_999),
    tier_since_on=st.none() | st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    entered_on=st.none() | st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    birth_date=st.none() | st.dates(date(1930, 1, 1), date(2005, 12, 31)),
)
spans = st.tuples(st.dates(*YEAR), st.integers(0, 60)).map(
    lambda span: (span[0], min(YEAR[1], span[0] + timedelta(days=span[1])))
)


@pytest.mark.parametrize(
    ("tier", "calls", "visits"),
    [("vip", 4, 0), ("gold", 12, 2), ("platinum", 12, 4), ("diamond", 0, 6), ("none", 0, 0)],
)
def test_a_year_brings_as_many_calls_and_visits_as_the_tier_asks_for(
    tier: str, calls: int, visits: int
) -> None:
    counted = Counter(due.kind for due in owed(a_customer(tier)) if due.kind in CONTACTS)

    assert (counted[ObligationKind.CALL], counted[ObligationKind.VISIT]) == (calls, visits)


def test_contacts_lie_in_calendar_windows_and_name_their_article() -> None:
    first = owed(a_customer("platinum"), date(2026, 5, 20), date(2026, 5, 20))[0]

    assert (first.kind, str(first.opens_on), str(first.due_on)) == (
        "call",
        "2026-05-01",
        "2026-05-31",
    )
    assert (first.article, first.tier) == ("第十六条(一)", "platinum")


def test_the_key_names_rule_book_duty_customer_and_window() -> None:
    (call,) = (d for d in owed(a_customer("vip"), *(date(2026, 8, 1),) * 2) if d.kind == "call")

    assert call.key == "postal-high-end/call/00000000-0000-0000-0000-000000000007/2026-07-01"


def test_who_entered_is_welcomed_in_the_month_after_and_joins_the_next_window() -> None:
    entered_on = date(2026, 4, 13)
    customer = a_customer("vip", tier_since_on=entered_on, entered_on=entered_on)

    assert windows(customer, ObligationKind.WELCOME) == [("2026-05-01", "2026-05-31")]
    assert windows(customer, ObligationKind.CALL) == [
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
    ]


def test_who_rose_gets_the_new_cadence_from_the_next_window_and_no_welcome() -> None:
    customer = a_customer("gold", tier_since_on=date(2026, 10, 12), entered_on=date(2025, 1, 10))

    assert windows(customer, ObligationKind.CALL) == [
        ("2026-11-01", "2026-11-30"),
        ("2026-12-01", "2026-12-31"),
    ]
    assert windows(customer, ObligationKind.WELCOME) == []


def test_a_birthday_is_greeted_in_the_week_up_to_the_day() -> None:
    (birthday,) = (
        due
        for due in owed(a_customer("vip", birth_date=date(1960, 5, 3)))
        if due.kind is ObligationKind.BIRTHDAY
    )

    assert (birthday.opens_on, birthday.due_on) == (date(2026, 4, 26), date(2026, 5, 3))
    assert birthday.plan_on == date(2026, 4, 30)  # 1 to 5 May are days off


def test_a_new_year_birthday_is_planned_in_december() -> None:
    customer = a_customer("vip", birth_date=date(1960, 1, 2))

    dues = owed(customer, date(2025, 12, 27), date(2025, 12, 28))

    assert date(2026, 1, 2) in [d.due_on for d in dues if d.kind is ObligationKind.BIRTHDAY]


def test_29_february_is_greeted_on_the_28th_of_common_years() -> None:
    leap_day = date(2000, 2, 29)

    assert birthday_in(leap_day, 2026) == date(2026, 2, 28)
    assert birthday_in(leap_day, 2024) == date(2024, 2, 29)


def test_all_six_festivals_are_greeted_up_to_their_day() -> None:
    festivals = [d for d in owed(a_customer("gold")) if d.kind is ObligationKind.FESTIVAL]

    assert [(d.key.split("/")[1], str(d.due_on)) for d in festivals if d.due_on.year == 2026] == [
        ("new_year", "2026-01-01"),
        ("spring_festival", "2026-02-17"),
        ("labour_day", "2026-05-01"),
        ("dragon_boat", "2026-06-19"),
        ("mid_autumn", "2026-09-25"),
        ("national_day", "2026-10-01"),
    ]
    assert {d.article for d in festivals} == {"第十二条"}


def test_a_customer_without_a_tier_is_owed_nothing() -> None:
    assert owed(a_customer("none", birth_date=date(1960, 5, 3))) == []


@given(customers, spans)
def test_every_window_touches_the_days_asked_for_and_holds_its_plan(
    customer: CustomerFacts, span: tuple[date, date]
) -> None:
    for due in owed(customer, *span):
        assert due.opens_on <= span[1]
        assert due.due_on >= span[0]
        assert due.opens_on <= due.plan_on <= due.due_on


@given(customers, spans)
def test_nothing_is_planned_on_a_day_off_when_the_window_has_a_workday(
    customer: CustomerFacts, span: tuple[date, date]
) -> None:
    for due in owed(customer, *span):
        if CALENDAR.workdays_between(due.opens_on, due.due_on):
            assert CALENDAR.is_workday(due.plan_on)


@given(customers, spans, spans)
def test_what_two_spans_both_ask_for_is_the_same_obligation(
    customer: CustomerFacts, one: tuple[date, date], two: tuple[date, date]
) -> None:
    first = {due.key: due for due in owed(customer, *one)}
    second = {due.key: due for due in owed(customer, *two)}

    assert len(first) == len(owed(customer, *one))
    assert all(first[key] == second[key] for key in first.keys() & second.keys())


@given(customers)
def test_a_year_asked_for_day_by_day_is_the_year_asked_for_at_once(customer: CustomerFacts) -> None:
    days = [YEAR[0] + timedelta(days=n) for n in range(0, 365, 7)]
    weekly = {d.key for day in days for d in owed(customer, day, day + timedelta(days=6))}

    assert weekly >= {due.key for due in owed(customer)}


def test_what_a_changed_tier_no_longer_asks_for_is_void_unless_it_has_begun() -> None:
    today = date(2026, 10, 12)
    asked = {d.key for d in owed(a_customer("diamond", tier_since_on=today), today, YEAR[1])}
    october, november, _ = (
        due for due in owed(a_customer("gold"), today, YEAR[1]) if due.kind is ObligationKind.CALL
    )

    assert not is_superseded(october, asked, "diamond", today)
    assert is_superseded(november, asked, "diamond", today)
    assert is_superseded(october, asked, "none", today)
    assert not is_superseded(october, asked, "none", date(2026, 11, 1))
