"""Planning an obligation for another day of its window, and when that is refused."""

from datetime import date

from domain.contact_rule import Postponing
from domain.errors import RuleBroken
from domain.obligation import ObligationState
from domain.obligation_clock import Clock


def ensure_postponable(
    clock: Clock,
    opens_on: date,
    due_on: date,
    plan_on: date,
    reason: str,
    today: date,
    rule: Postponing,
) -> None:
    """Refuse to plan an obligation for another day where its rule book does not allow it.

    Args:
        clock: Where it stands.
        opens_on: The window's first day, before which nothing would settle it.
        due_on: The window's last day, which no postponing passes.
        plan_on: The day wanted.
        reason: Why, in the manager's words.
        today: The day in the bureau's calendar.
        rule: The rule book's rule on postponing.

    Raises:
        RuleBroken: OBLIGATION_NOT_OPEN, OBLIGATION_OVERDUE, POSTPONED_TOO_OFTEN, PLAN_IN_PAST,
            PLAN_BEFORE_OPEN, PLAN_AFTER_DUE, PLAN_UNCHANGED or REASON_REQUIRED.
    """
    _ensure_movable(clock, due_on, today, rule)
    _ensure_day_fits(clock, opens_on, due_on, plan_on, today)
    if len(reason.strip()) < rule.reason_chars_min:
        raise RuleBroken(
            "REASON_REQUIRED",
            "Say why it is postponed, in a few words.",
            ("input", "reason"),
            {"min": rule.reason_chars_min},
        )


def _ensure_movable(clock: Clock, due_on: date, today: date, rule: Postponing) -> None:
    if clock.state is not ObligationState.OPEN:
        raise RuleBroken(
            "OBLIGATION_NOT_OPEN",
            f"This obligation is {clock.state.value} already. There is nothing left to postpone.",
            ("input", "obligationId"),
            {"state": clock.state.value},
        )
    if today > due_on:
        raise RuleBroken(
            "OBLIGATION_OVERDUE",
            f"This was due on {due_on}. Make it up now; it can no longer be postponed.",
            ("input", "obligationId"),
            {"dueOn": due_on.isoformat()},
        )
    if clock.postponed >= rule.times_max:
        raise RuleBroken(
            "POSTPONED_TOO_OFTEN",
            f"This may be postponed {rule.times_max} times, and has been. Do it as planned.",
            ("input", "obligationId"),
            {"max": rule.times_max},
        )


def _ensure_day_fits(
    clock: Clock, opens_on: date, due_on: date, plan_on: date, today: date
) -> None:
    if plan_on < today:
        raise RuleBroken(
            "PLAN_IN_PAST",
            "That day has passed. Choose today or a later day.",
            ("input", "planOn"),
        )
    if plan_on < opens_on:
        raise RuleBroken(
            "PLAN_BEFORE_OPEN",
            f"This can be done from {opens_on}. Choose that day or a later one.",
            ("input", "planOn"),
            {"opensOn": opens_on.isoformat()},
        )
    if plan_on > due_on:
        raise RuleBroken(
            "PLAN_AFTER_DUE",
            f"This is due on {due_on}. Choose a day up to then.",
            ("input", "planOn"),
            {"dueOn": due_on.isoformat()},
        )
    if plan_on == clock.plan_on:
        raise RuleBroken(
            "PLAN_UNCHANGED",
            "It is planned for that day already. Choose another day.",
            ("input", "planOn"),
        )
