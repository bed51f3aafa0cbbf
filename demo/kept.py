"""A customer as their year tells: who keeps them, and which tiers they held from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.calendar import Calendar
from domain.due import CustomerFacts, due_obligations
from domain.obligation import Due
from domain.rule_book import RuleBook
from domain.tier import NO_TIER


@dataclass(frozen=True, slots=True)
class Keeper:
    """A member of staff who looks after customers, and in what roles."""

    staff_id: UUID
    roles: frozenset[str]


class Rating(NamedTuple):
    """The tier after one rating, the day from which it holds, and the day of the rating."""

    since_on: date
    rated_on: date
    tier: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A tier held from a day until before another.

    Args:
        tier: Its code; ``none`` after a customer has left.
        since_on: The day from which it holds.
        rated_on: The day on which that was found.
        entered_on: The day on which the customer, until then without a tier, got one.
        until_on: The day on which another was found; None while it lasts.
    """

    tier: str
    since_on: date
    rated_on: date
    entered_on: date | None
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A customer with a year behind them.

    Args:
        occupation: Empty for a firm.
        unit_id: The home outlet.
        manager: Who keeps the file.
        head: The outlet's head, who comes along to Diamond customers.
        tenures: From the oldest on, without a gap.
        changes_pct: By how much a quarter's average differed from the one before, and the day
            on which that was known.
    """

    customer_id: UUID
    customer_no: str
    occupation: str
    birth_date: date | None
    unit_id: UUID
    manager: Keeper
    head: Keeper
    tenures: Sequence[Tenure]
    changes_pct: Sequence[tuple[date, float]]

    def tier_on(self, day: date) -> str:
        """Return the tier held on *day*."""
        held = [tenure.tier for tenure in self.tenures if tenure.since_on <= day]
        return held[-1] if held else NO_TIER

    def change_pct_on(self, day: date) -> float:
        """Return the newest change that was known on *day*; 0 before the first."""
        known = [change_pct for known_on, change_pct in self.changes_pct if known_on <= day]
        return known[-1] if known else 0

    def days_of_leaving(self) -> tuple[date, ...]:
        """Return the days on which they lost their last tier."""
        return tuple(tenure.rated_on for tenure in self.tenures if tenure.tier == NO_TIER)

    def known_on(self, due: Due) -> date:
        """Return the day on which it was found that *due* would be owed."""
        found = [one.rated_on for one in self.tenures if one.tier == due.tier]
        return max((day for day in found if day <= due.due_on), default=due.opens_on)

    def dues(
        self, rule_book: RuleBook, calendar: Calendar, from_day: date, until_day: date
    ) -> list[Due]:
        """Return what was owed in windows that opened up to *until_day*.

        What had begun when a tier changed stays owed as it was opened (`is_superseded`).
        """
        owed: dict[str, Due] = {}
        for tenure in self.tenures:
            first = max(from_day, tenure.since_on)
            last = min(until_day, tenure.until_on or until_day)
            if tenure.tier == NO_TIER or first > last:
                continue
            for due in due_obligations(self._facts(tenure), rule_book, calendar, first, last):
                if due.due_on >= tenure.rated_on:
                    owed.setdefault(due.key, due)
        return list(owed.values())

    def _facts(self, tenure: Tenure) -> CustomerFacts:
        return CustomerFacts(
            customer_id=self.customer_id,
            customer_no=self.customer_no,
            tier=tenure.tier,
            tier_since_on=tenure.since_on,
            entered_on=tenure.entered_on,
            birth_date=self.birth_date,
        )


def tenures_of(ratings: Sequence[Rating]) -> tuple[Tenure, ...]:
    """Return the tenures of a customer.

    Args:
        ratings: All of theirs, from the oldest to the newest.
    """
    changes = [
        rating
        for place, rating in enumerate(ratings)
        if rating.tier != (ratings[place - 1].tier if place else NO_TIER)
    ]
    tenures: list[Tenure] = []
    for place, one in enumerate(changes):
        until_on = changes[place + 1].rated_on if place + 1 < len(changes) else None
        is_new = not tenures or tenures[-1].tier == NO_TIER
        entered_on = one.since_on if is_new else tenures[-1].entered_on
        tenures.append(Tenure(one.tier, one.since_on, one.rated_on, entered_on, until_on))
    return tuple(tenures)


def last_day_to_make_up(due: Due, rule_book: RuleBook) -> date:
    """Return the last day on which *due* may still be settled."""
    return due.due_on + timedelta(days=rule_book.contacts.missed_after_days)
