"""Spreading a window's work over its workdays, for one customer and evenly for a manager."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from domain.calendar import Calendar
from domain.obligation import Due, ObligationKind


def preferred_day(name: str, calendar: Calendar, opens_on: date, due_on: date) -> date:
    """Return the workday of a window that *name* falls on; a day off only if all days are.

    Many names spread over all workdays; one name has about the same place in every window,
    so that contacts of one customer lie about equally far apart.
    """
    workdays = calendar.workdays_between(opens_on, due_on)
    return workdays[_place(name) % len(workdays)] if workdays else due_on


def planned_evenly(
    dues: Iterable[Due],
    calendar: Calendar,
    planned: Mapping[date, int] | None = None,
    not_before: date | None = None,
) -> list[Due]:
    """Return one manager's *dues* planned so that no day has much more work than another.

    Each goes to the workday of its window with the least work so far, and among equals to the
    one nearest after its preferred day. Windows of one span thus differ by one at most.
    Birthdays keep their day. The result does not depend on the order of *dues*.

    Args:
        dues: What one manager newly owes.
        calendar: Must reach over all windows.
        planned: How much open work each day has already.
        not_before: No day before this one is used, where the window has a later one.

    Returns:
        In order of the planned day, then of the key.
    """
    work = dict(planned or {})
    results = []
    for due in sorted(dues, key=_hardest_first):
        placed = due
        if due.kind is not ObligationKind.BIRTHDAY:
            placed = replace(due, plan_on=_least_busy(due, calendar, work, not_before))
        work[placed.plan_on] = work.get(placed.plan_on, 0) + 1
        results.append(placed)
    return sorted(results, key=lambda due: (due.plan_on, due.key))


def _hardest_first(due: Due) -> tuple[bool, int, date, str]:
    """Sort fixed days first, then short windows: what has least choice chooses first."""
    is_movable = due.kind is not ObligationKind.BIRTHDAY
    return is_movable, (due.due_on - due.opens_on).days, due.due_on, due.key


def _least_busy(
    due: Due, calendar: Calendar, work: Mapping[date, int], not_before: date | None
) -> date:
    opens_on = max(due.opens_on, min(not_before or due.opens_on, due.due_on))
    workdays = calendar.workdays_between(opens_on, due.due_on)
    if not workdays:
        workdays = calendar.workdays_between(due.opens_on, due.due_on)
    if not workdays:
        return due.plan_on
    return min(
        workdays, key=lambda day: (work.get(day, 0), day < due.plan_on, abs(day - due.plan_on))
    )


def _place(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
