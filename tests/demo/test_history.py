"""A made-up year says nothing that the rules would not."""

from collections import Counter
from datetime import timedelta

from demo.chance import Chance
from demo.history import Done, History
from demo.kept import Kept
from demo.occasion import note_occasions
from demo.year import Years
from domain.activity import NOTE_REQUIRED, ActivityOutcome
from domain.obligation import ObligationState, QueueGroup, queue_group
from domain.obligation_clock import EventKind, clock_at, is_missed
from domain.settlement import Contact, settles
from tests.demo.conftest import TODAY


def _contact(done: Done, history: History) -> Contact:
    kept = history.kept
    participants = [kept.manager.roles]
    if done.with_staff_id is not None:
        participants.append(kept.head.roles)
    return Contact(done.kind, done.outcome, done.happened_on, tuple(participants))


def test_what_is_settled_was_settled_by_an_activity_that_the_rule_book_accepts(
    histories: list[History], years: Years
) -> None:
    for history in histories:
        activities = {done.id: done for done in history.activities}
        for owing in history.owings.values():
            if owing.clock and owing.clock.activity_id:
                done = activities[owing.clock.activity_id]

                assert settles(_contact(done, history), owing, years.rule_book)
                assert owing.clock.settled_on == done.happened_on < TODAY


def test_no_activity_left_an_obligation_open_that_it_would_have_settled(
    histories: list[History], years: Years
) -> None:
    for history in histories:
        still_open = [
            owing
            for owing in history.owings.values()
            if owing.clock and owing.clock.state is ObligationState.OPEN
        ]
        settling = Counter(
            owing.clock.activity_id for owing in history.owings.values() if owing.clock
        )
        for done in history.activities:
            if settling[done.id] == 0:
                contact = _contact(done, history)
                assert not any(settles(contact, owing, years.rule_book) for owing in still_open)


def test_what_can_no_longer_be_made_up_is_missed(histories: list[History], years: Years) -> None:
    days = years.rule_book.contacts.missed_after_days
    for history in histories:
        for owing in history.owings.values():
            assert owing.clock is not None
            assert not is_missed(owing.clock.state, owing.due_on, TODAY, days)


def test_events_are_in_order_and_lie_in_the_past(histories: list[History]) -> None:
    for history in histories:
        for owing in history.owings.values():
            instants = [event.happened_at for event in owing.events]

            assert instants == sorted(instants)
            assert all(instant.date() <= TODAY for instant in instants)
            assert clock_at(owing.events) == owing.clock


def test_postponing_keeps_to_the_window_and_to_its_limit(
    histories: list[History], years: Years
) -> None:
    rule = years.rule_book.contacts.postponing
    for history in histories:
        for owing in history.owings.values():
            for event in owing.events:
                if event.kind is EventKind.POSTPONED:
                    assert event.plan_on is not None
                    assert event.happened_at.date() < event.plan_on <= owing.due_on
                    assert len(event.reason or "") >= rule.reason_chars_min
            assert owing.clock is not None
            assert owing.clock.postponed <= rule.times_max


def test_activities_are_noted_as_staff_may_note_them(histories: list[History]) -> None:
    for history in histories:
        for done in history.activities:
            assert done.noted_at.date() == done.happened_on < TODAY
            assert done.note or done.outcome not in NOTE_REQUIRED
            assert done.next_on or done.outcome is not ActivityOutcome.RESCHEDULED
            assert done.next_on is None or done.next_on > done.happened_on
            assert done.with_staff_id != history.kept.manager.staff_id
            assert "{" not in done.note


def test_most_obligations_are_met_some_are_missed_and_some_postponed(
    histories: list[History],
) -> None:
    owings = [owing for history in histories for owing in history.owings.values()]
    over = [owing for owing in owings if owing.due_on < TODAY - timedelta(days=40)]
    states = Counter(owing.clock.state for owing in over if owing.clock)

    assert states[ObligationState.SETTLED] > 0.85 * len(over)
    assert states[ObligationState.MISSED] > 0
    assert any(owing.clock and owing.clock.postponed for owing in owings)


def test_every_outcome_occurs(histories: list[History]) -> None:
    outcomes = {done.outcome for history in histories for done in history.activities}

    assert outcomes == set(ActivityOutcome)


def test_who_is_shown_first_has_a_queue_worth_looking_at(kept: list[Kept], years: Years) -> None:
    histories = years.shown_first(kept)

    open_ones = [
        owing
        for history in histories
        for owing in history.owings.values()
        if owing.clock and owing.clock.state is ObligationState.OPEN
    ]
    groups = Counter(
        queue_group(owing.clock.plan_on, owing.due_on, TODAY) for owing in open_ones if owing.clock
    )
    assert 8 <= groups[QueueGroup.TODAY] <= 12
    assert 2 <= groups[QueueGroup.OVERDUE] <= 5
    assert groups[QueueGroup.WEEK] > 5
    assert {owing.tier for owing in open_ones} == {"vip", "gold", "platinum", "diamond"}


def test_only_the_highest_tiers_are_invited_to_events(kept: list[Kept], years: Years) -> None:
    start = TODAY - timedelta(days=365)
    for history in years.of(kept):
        before = len(history.activities)
        chance = Chance("test", history.kept.customer_no)
        note_occasions(history, years.calendar, start, TODAY, chance)

        for done in history.activities[before:]:
            if done.kind == "event":
                assert history.kept.tier_on(done.happened_on) in ("platinum", "diamond")
