"""What staff set out to do about each obligation: in time, late, after some tries, or never."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import Chance
from domain.activity import ActivityKind, ActivityOutcome
from domain.calendar import Calendar
from domain.obligation import Due, ObligationKind
from domain.rule_book import RuleBook
from domain.settlement import settling_kinds

WORKDAYS_FROM_PLAN = {0: 55, 1: 15, 2: 9, 3: 6, 4: 4, -1: 6, -2: 5}
FIRST_TRIES = {
    ActivityOutcome.UNREACHED: 15.0,
    ActivityOutcome.RESCHEDULED: 3.0,
    ActivityOutcome.DECLINED: 1.2,
    ActivityOutcome.INVALID: 0.5,
}
POSTPONED_PCT = 5
LATE_PCT = 3
ON_THE_DAY_PCT = 70


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody works.

    Args:
        forgets_pct: How many obligations in a hundred they never meet.
        is_prompt: Whether everything is done by its planned day.
    """

    forgets_pct: float
    is_prompt: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """One try to meet an obligation, on a day.

    Args:
        postpones_to: Instead of trying, the obligation is planned for this day.
        next_on: The day agreed for the next try, where there is one.
    """

    day: date
    due: Due
    kind: ActivityKind
    outcome: ActivityOutcome
    postpones_to: date | None = None
    next_on: date | None = None


def intents(
    due: Due, habits: Habits, rule_book: RuleBook, calendar: Calendar, chance: Chance
) -> list[Intent]:
    """Return the tries that are made for *due*, in order of their days."""
    if chance.happens(habits.forgets_pct):
        return []
    kind = _kind(due, rule_book, chance)
    day = _day(due, habits, calendar, chance)
    tries: list[Intent] = []
    is_contact = due.kind in (ObligationKind.CALL, ObligationKind.VISIT, ObligationKind.WELCOME)
    if is_contact and due.plan_on < day <= due.due_on and chance.happens(POSTPONED_PCT * 3):
        tries.append(Intent(due.plan_on, due, kind, ActivityOutcome.RESCHEDULED, postpones_to=day))
    elif is_contact and day > due.opens_on:
        tries += _first_try(due, kind, day, calendar, chance)
    return [*tries, Intent(day, due, kind, ActivityOutcome.REACHED)]


def _first_try(
    due: Due, kind: ActivityKind, day: date, calendar: Calendar, chance: Chance
) -> list[Intent]:
    nothing = 100 - sum(FIRST_TRIES.values())
    outcome = chance.weighted({None: nothing, **FIRST_TRIES})
    tried_on = calendar.shift(day, -chance.between(1, 3))
    if outcome is None or tried_on < due.opens_on:
        return []
    if kind is ActivityKind.VISIT and outcome is ActivityOutcome.INVALID:
        outcome = ActivityOutcome.UNREACHED
    next_on = day if outcome is ActivityOutcome.RESCHEDULED else None
    return [Intent(tried_on, due, kind, outcome, next_on=next_on)]


def _kind(due: Due, rule_book: RuleBook, chance: Chance) -> ActivityKind:
    kinds = settling_kinds(due, rule_book)
    if len(kinds) == 1:
        return ActivityKind(kinds[0])
    rather_call = 35 if due.kind is ObligationKind.BIRTHDAY else 6
    wanted = "call" if chance.happens(rather_call) else "message"
    return ActivityKind(wanted if wanted in kinds else kinds[0])


def _day(due: Due, habits: Habits, calendar: Calendar, chance: Chance) -> date:
    """Return the day on which they do it; it may lie after the window's end."""
    if due.kind is ObligationKind.BIRTHDAY and chance.happens(ON_THE_DAY_PCT):
        return due.due_on
    if habits.is_prompt:
        return due.plan_on
    if due.kind is not ObligationKind.FESTIVAL and chance.happens(LATE_PCT):
        return calendar.next_workday(due.due_on + timedelta(days=chance.between(1, 20)))
    day = calendar.shift(due.plan_on, chance.weighted(WORKDAYS_FROM_PLAN))
    return min(max(day, due.opens_on), due.due_on)
