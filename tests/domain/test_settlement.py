"""Which activities settle which obligations."""

from datetime import date

import pytest

from domain.due import due_obligations
from domain.obligation import Due
from domain.settlement import Contact, is_late, obligations_settled, settles
from tests.domain.books import CALENDAR, RULE_BOOK, a_customer

HEAD, MANAGER, TELLER = (
    frozenset({role}) for role in ("outlet_head", "customer_manager", "teller")
)
MAY_20 = date(2026, 5, 20)


def owed(tier: str, duty: str, day: date = MAY_20) -> Due:
    customer = a_customer(tier, birth_date=date(1970, 5, 21), entered_on=date(2026, 4, 13))
    dues = due_obligations(customer, RULE_BOOK, CALENDAR, day, day)
    return next(due for due in dues if due.key.split("/")[1] == duty)


def a_contact(
    kind: str,
    outcome: str = "reached",
    on: date = MAY_20,
    by: tuple[frozenset[str], ...] = (MANAGER,),
) -> Contact:
    return Contact(kind, outcome, on, by)


@pytest.mark.parametrize("duty", ["call", "welcome", "birthday"])
def test_a_call_that_reached_the_customer_settles_call_welcome_and_birthday(duty: str) -> None:
    assert settles(a_contact("call"), owed("gold", duty), RULE_BOOK)


@pytest.mark.parametrize("outcome", ["unreached", "rescheduled", "declined", "invalid"])
def test_a_call_that_did_not_reach_anyone_settles_nothing(outcome: str) -> None:
    assert not settles(a_contact("call", outcome), owed("gold", "call"), RULE_BOOK)


def test_a_visit_settles_the_visit_and_not_the_call() -> None:
    assert settles(a_contact("visit"), owed("gold", "visit"), RULE_BOOK)
    assert not settles(a_contact("visit"), owed("gold", "call"), RULE_BOOK)


def test_a_contact_before_the_window_settles_nothing() -> None:
    assert not settles(a_contact("call", on=date(2026, 4, 30)), owed("gold", "call"), RULE_BOOK)


def test_a_late_contact_makes_up_for_a_month_and_is_shown_as_late() -> None:
    call = owed("gold", "call")

    assert settles(a_contact("call", on=date(2026, 7, 1)), call, RULE_BOOK)
    assert not settles(a_contact("call", on=date(2026, 7, 2)), call, RULE_BOOK)
    assert is_late(date(2026, 6, 1), call.due_on)
    assert not is_late(call.due_on, call.due_on)


@pytest.mark.parametrize(
    ("people", "is_settled"),
    [
        ((MANAGER, HEAD), True),
        ((HEAD, MANAGER), True),
        ((TELLER, HEAD), True),
        ((MANAGER,), False),
        ((HEAD,), False),
        ((MANAGER, TELLER), False),
        ((HEAD | MANAGER,), False),
        ((HEAD | MANAGER, HEAD), True),
    ],
)
def test_a_diamond_visit_needs_head_and_manager_as_two_persons(
    people: tuple[frozenset[str], ...], is_settled: bool
) -> None:
    assert settles(a_contact("visit", by=people), owed("diamond", "visit"), RULE_BOOK) is is_settled


@pytest.mark.parametrize(
    ("tier", "kind", "is_settled"),
    [
        ("vip", "message", True),
        ("vip", "call", True),
        ("vip", "card", False),
        ("gold", "message", False),
        ("gold", "call", True),
        ("diamond", "gift", False),
    ],
)
def test_spring_festival_is_greeted_as_the_tier_s_matrix_says(
    tier: str, kind: str, is_settled: bool
) -> None:
    greeting = owed(tier, "spring_festival", date(2026, 2, 10))

    assert settles(a_contact(kind, on=date(2026, 2, 10)), greeting, RULE_BOOK) is is_settled


def test_one_call_settles_one_obligation_of_each_duty_the_earliest_first() -> None:
    april, may = owed("gold", "call", date(2026, 4, 20)), owed("gold", "call")
    welcome = owed("gold", "welcome")

    settled = obligations_settled(a_contact("call"), [may, welcome, april], RULE_BOOK)

    assert settled == [april, welcome]
