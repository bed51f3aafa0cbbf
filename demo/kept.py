"""A customer as their year tells: who keeps them, and which tiers they held from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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


@dataclass(frozen=True, slots=True)
class Tenure:
    """A tier held from a day until before another.

    Args:
        tier: Its code; ``none`` after a customer has left.
        since_on: The day from which it holds.
        entered_on: The day on which the customer, until then without a tier, got one.
        until_on: The day of the next rating that changed it; None while it lasts.
    """

    tier: str
    since_on: date
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
        return tuple(tenure.since_on for tenure in self.tenures if tenure.tier == NO_TIER)

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


def tenures_of(tiers: Sequence[tuple[date, str]]) -> tuple[Tenure, ...]:
    """Return the tenures of a customer from each rating's day and the tier after it.

    Args:
        tiers: From the oldest rating to the newest.
    """
    changes = [
        (day, tier)
        for place, (day, tier) in enumerate(tiers)
        if tier != (tiers[place - 1][1] if place else NO_TIER)
    ]
    tenures: list[Tenure] = []
    for place, (day, tier) in enumerate(changes):
        until_on = changes[place + 1][0] if place + 1 < len(changes) else None
        is_new = not tenures or tenures[-1].tier == NO_TIER
        entered_on = day if is_new else tenures[-1].entered_on
        tenures.append(Tenure(tier, day, entered_on, until_on))
    return tuple(tenures)


def last_day_to_make_up(due: Due, rule_book: RuleBook) -> date:
    """Return the last day on which *due* may still be settled."""
    return due.due_on + timedelta(days=rule_book.contacts.missed_after_days)
