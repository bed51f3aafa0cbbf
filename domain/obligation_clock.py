"""The state of an obligation: a fold of its dated events, so that any past can be replayed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.obligation import ObligationState


class EventKind(StrEnum):
    """What can befall an obligation."""

    OPENED = "opened"
    POSTPONED = "postponed"
    REASSIGNED = "reassigned"
    SETTLED = "settled"
    MISSED = "missed"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class ObligationEvent:
    """One dated event of an obligation.

    Args:
        staff_id: The owner from now on (opened, reassigned), or who did it (the others).
        plan_on: The planned day from now on (opened, postponed).
        settled_on: The day of the activity that settled it.
        activity_id: That activity.
    """

    kind: EventKind
    happened_at: datetime
    staff_id: UUID | None = None
    reason: str | None = None
    plan_on: date | None = None
    settled_on: date | None = None
    activity_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Where an obligation stands after its events so far."""

    state: ObligationState
    plan_on: date
    owner_id: UUID | None = None
    postponed: int = 0
    settled_on: date | None = None
    activity_id: UUID | None = None


def clock_after(clock: Clock | None, event: ObligationEvent) -> Clock:
    """Return the clock after one more *event*; *clock* is None before the first.

    Raises:
        ValueError: Such an event cannot follow; the record is broken.
    """
    if clock is None:
        if event.kind is not EventKind.OPENED or event.plan_on is None:
            raise ValueError(f"An obligation begins with opened and a planned day, not {event}")
        return Clock(ObligationState.OPEN, event.plan_on, event.staff_id)
    if event.kind is EventKind.VOIDED and clock.state is ObligationState.MISSED:
        return replace(clock, state=ObligationState.VOID)  # an appeal was upheld
    if clock.state is not ObligationState.OPEN or event.kind is EventKind.OPENED:
        raise ValueError(f"{event.kind} cannot follow {clock.state}")
    if event.kind is EventKind.POSTPONED:
        planned_on = event.plan_on or clock.plan_on
        return replace(clock, plan_on=planned_on, postponed=clock.postponed + 1)
    if event.kind is EventKind.REASSIGNED:
        return replace(clock, owner_id=event.staff_id)
    if event.kind is EventKind.SETTLED:
        return replace(
            clock,
            state=ObligationState.SETTLED,
            settled_on=event.settled_on,
            activity_id=event.activity_id,
        )
    is_missed = event.kind is EventKind.MISSED
    return replace(clock, state=ObligationState.MISSED if is_missed else ObligationState.VOID)


def clock_at(events: Iterable[ObligationEvent], at: datetime | None = None) -> Clock | None:
    """Return the clock as it stood at an instant; None before the obligation was opened.

    Args:
        events: All events of one obligation, in order.
        at: The instant, events at it included; None for now.
    """
    clock: Clock | None = None
    for event in events:
        if at is not None and event.happened_at > at:
            break
        clock = clock_after(clock, event)
    return clock


def is_missed(state: ObligationState, due_on: date, today: date, missed_after_days: int) -> bool:
    """Say whether an obligation that is still open can no longer be made up."""
    is_over = today > due_on + timedelta(days=missed_after_days)
    return state is ObligationState.OPEN and is_over
