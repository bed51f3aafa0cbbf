"""The work queue's groups, postponing, and the clock that is a fold of events."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.obligation import ObligationState, QueueGroup, duty_of, obligation_key, queue_group
from domain.obligation_clock import (
    Clock,
    EventKind,
    ObligationEvent,
    clock_after,
    clock_at,
    is_missed,
)
from domain.postponing import ensure_postponable
from tests.domain.books import RULE_BOOK

TODAY = date(2026, 5, 20)
OPENS_ON, DUE_ON = date(2026, 5, 1), date(2026, 5, 31)
OPEN = Clock(ObligationState.OPEN, TODAY)
SETTLED = Clock(ObligationState.SETTLED, TODAY)
TWICE_POSTPONED = Clock(ObligationState.OPEN, TODAY, postponed=2)
START = datetime(2026, 5, 1, tzinfo=UTC)
POSTPONING = RULE_BOOK.contacts.postponing


@pytest.mark.parametrize(
    ("plan_on", "due_on", "group"),
    [
        (date(2026, 5, 10), date(2026, 5, 19), QueueGroup.OVERDUE),
        (date(2026, 5, 10), TODAY, QueueGroup.TODAY),
        (TODAY, DUE_ON, QueueGroup.TODAY),
        (date(2026, 5, 21), DUE_ON, QueueGroup.WEEK),
        (date(2026, 5, 27), DUE_ON, QueueGroup.WEEK),
        (date(2026, 5, 28), DUE_ON, QueueGroup.LATER),
    ],
)
def test_the_queue_is_grouped_by_due_day_and_planned_day(
    plan_on: date, due_on: date, group: QueueGroup
) -> None:
    assert queue_group(plan_on, due_on, TODAY) is group


def test_two_festivals_on_one_day_are_two_obligations() -> None:
    one, other = (
        obligation_key("postal-high-end", duty, UUID(int=7), TODAY)
        for duty in ("mid_autumn", "national_day")
    )

    assert one != other
    assert duty_of(one) == "mid_autumn"


def postpone(
    clock: Clock = OPEN, to: date = date(2026, 5, 29), reason: str = "客户出差", today: date = TODAY
) -> None:
    ensure_postponable(clock, OPENS_ON, DUE_ON, to, reason, today, POSTPONING)


def test_an_obligation_may_be_postponed_up_to_its_last_day() -> None:
    postpone(to=DUE_ON)


@pytest.mark.parametrize(
    ("postponing", "code", "field"),
    [
        (lambda: postpone(SETTLED), "OBLIGATION_NOT_OPEN", "obligationId"),
        (lambda: postpone(today=date(2026, 6, 1)), "OBLIGATION_OVERDUE", "obligationId"),
        (lambda: postpone(TWICE_POSTPONED), "POSTPONED_TOO_OFTEN", "obligationId"),
        (lambda: postpone(to=date(2026, 5, 19)), "PLAN_IN_PAST", "planOn"),
        (
            lambda: postpone(to=date(2026, 4, 30), today=date(2026, 4, 28)),
            "PLAN_BEFORE_OPEN",
            "planOn",
        ),
        (lambda: postpone(to=date(2026, 6, 1)), "PLAN_AFTER_DUE", "planOn"),
        (lambda: postpone(to=TODAY), "PLAN_UNCHANGED", "planOn"),
        (lambda: postpone(reason="  "), "REASON_REQUIRED", "reason"),
    ],
)
def test_what_may_not_be_postponed_is_refused_at_the_field_to_mend(
    postponing: Callable[[], None], code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        postponing()

    assert (refusal.value.code, refusal.value.path) == (code, ("input", field))


@st.composite
def histories(draw: st.DrawFn) -> list[ObligationEvent]:
    """Draw a history that can have happened: opened, moved about, perhaps ended."""
    middle = [EventKind.POSTPONED, EventKind.REASSIGNED]
    ends = [[], [EventKind.SETTLED], [EventKind.VOIDED], [EventKind.MISSED]]
    ends.append([EventKind.MISSED, EventKind.VOIDED])
    kinds = [
        EventKind.OPENED,
        *draw(st.lists(st.sampled_from(middle))),
        *draw(st.sampled_from(ends)),
    ]
    return [
        ObligationEvent(
            kind,
            START + timedelta(hours=hour),
            staff_id=UUID(int=draw(st.integers(1, 3))),
            plan_on=draw(st.dates(TODAY, DUE_ON)),
            settled_on=TODAY if kind is EventKind.SETTLED else None,
        )
        for hour, kind in enumerate(kinds)
    ]


@given(histories())
def test_the_clock_after_any_event_is_the_fold_of_all_so_far(events: list[ObligationEvent]) -> None:
    clock = None
    for count, event in enumerate(events, start=1):
        clock = clock_after(clock, event)

        assert clock == clock_at(events[:count])
        assert clock == clock_at(events, event.happened_at)


@given(histories())
def test_before_it_was_opened_an_obligation_has_no_clock(events: list[ObligationEvent]) -> None:
    assert clock_at(events, START - timedelta(seconds=1)) is None


@given(histories())
def test_the_clock_tells_owner_plan_and_how_often_it_was_postponed(
    events: list[ObligationEvent],
) -> None:
    clock = clock_at(events)

    kinds = [event.kind for event in events]
    planned = [e.plan_on for e in events if e.kind in (EventKind.OPENED, EventKind.POSTPONED)]
    owners = [e.staff_id for e in events if e.kind in (EventKind.OPENED, EventKind.REASSIGNED)]
    assert clock
    assert clock.postponed == kinds.count(EventKind.POSTPONED)
    assert (clock.plan_on, clock.owner_id) == (planned[-1], owners[-1])
    assert (clock.settled_on == TODAY) == (clock.state is ObligationState.SETTLED)


@pytest.mark.parametrize("kind", [k for k in EventKind if k is not EventKind.VOIDED])
def test_after_the_end_nothing_but_an_upheld_appeal_follows(kind: EventKind) -> None:
    missed = Clock(ObligationState.MISSED, TODAY)

    with pytest.raises(ValueError, match="cannot follow missed"):
        clock_after(missed, ObligationEvent(kind, START, plan_on=TODAY))
    assert clock_after(missed, ObligationEvent(EventKind.VOIDED, START)).state == "void"


def test_a_history_that_does_not_begin_with_opened_is_broken() -> None:
    with pytest.raises(ValueError, match="begins with opened"):
        clock_at([ObligationEvent(EventKind.SETTLED, START)])


def test_an_open_obligation_is_missed_when_it_can_no_longer_be_made_up() -> None:
    days = RULE_BOOK.contacts.missed_after_days

    assert not is_missed(ObligationState.OPEN, DUE_ON, date(2026, 7, 1), days)
    assert is_missed(ObligationState.OPEN, DUE_ON, date(2026, 7, 2), days)
    assert not is_missed(ObligationState.SETTLED, DUE_ON, date(2026, 7, 2), days)
