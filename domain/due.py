"""Which obligations a rule book asks for a customer, and when: a pure function of dates."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from domain.calendar import Calendar
from domain.contact_rule import Cadence, greeting_for
from domain.obligation import Due, ObligationKind, Owed, obligation_key
from domain.period import month_later, window_start
from domain.rule_book import RuleBook
from domain.tier import NO_TIER
from domain.workload import preferred_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What decides which contacts a customer is owed.

    Args:
        customer_no: The bank's number; it spreads customers over the days of a window.
        tier: Code of the tier held now.
        tier_since_on: The day on which it was given; None for longer than anyone knows.
        entered_on: The day on which a customer without a tier got one; None as above.
        birth_date: None if unknown, and for customers that are no persons.
    """

    customer_id: UUID
    customer_no: str
    tier: str
    tier_since_on: date | None = None
    entered_on: date | None = None
    birth_date: date | None = None


def due_obligations(
    customer: CustomerFacts,
    rule_book: RuleBook,
    calendar: Calendar,
    from_day: date,
    until_day: date,
) -> list[Due]:
    """Return what is owed in all windows that touch the days from *from_day* to *until_day*.

    A tier's cadence begins with the first window after the one in which it was given; a newly
    gained customer is owed the welcome call in the month after entering. The same arguments
    give the same list, and overlapping spans agree on what both hold.

    Args:
        customer: Facts as of today.
        rule_book: In force on these days.
        calendar: Must reach a year beyond both days, where windows may end.
        from_day: The first day; windows that ended before it are left out.
        until_day: The last day; windows that open after it are left out.

    Returns:
        In order of the window's last day, then of the key.
    """
    if rule_book.tier(customer.tier) is None:
        return []
    asked = _Asked(customer, rule_book, calendar, max(from_day, rule_book.effective_from))
    dues = (due for due in asked.all(until_day) if due.opens_on <= until_day)
    return sorted(dues, key=lambda due: (due.due_on, due.key))


def is_superseded(owed: Owed, asked_keys: Collection[str], tier: str, today: date) -> bool:
    """Say whether an open obligation is void because the customer's tier has changed.

    What has begun stays owed as it was opened, but for a customer who left; what is overdue
    stays in any case.

    Args:
        owed: Still open.
        asked_keys: Keys of what `due_obligations` asks now, for a span that holds its window.
        tier: The customer's tier now.
        today: The day in the bureau's calendar.
    """
    if tier == NO_TIER:
        return owed.due_on >= today
    return owed.opens_on > today and owed.key not in asked_keys


def birthday_in(birth_date: date, year: int) -> date:
    """Return the birthday in *year*; of 29 February the 28th, so that greetings are never late."""
    try:
        return birth_date.replace(year=year)
    except ValueError:  # 29 February in a common year
        return date(year, 2, 28)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One call of `due_obligations`: what all its steps need."""

    customer: CustomerFacts
    rule_book: RuleBook
    calendar: Calendar
    from_day: date

    def all(self, until_day: date) -> Iterator[Due]:
        for cadence in self.rule_book.contacts.cadence_of(self.customer.tier):
            yield from self.contacts(cadence, until_day)
        yield from self.welcome()
        yield from self.birthdays(until_day)
        yield from self.festivals(until_day)

    def contacts(self, cadence: Cadence, until_day: date) -> Iterator[Due]:
        opens_on = window_start(self.from_day, cadence.months)
        while opens_on <= until_day:
            following_on = month_later(opens_on, cadence.months)
            if self.customer.tier_since_on is None or opens_on > self.customer.tier_since_on:
                for number in range(cadence.times):
                    duty = cadence.kind if number == 0 else f"{cadence.kind}-{number + 1}"
                    kind = ObligationKind(cadence.kind)
                    yield self.due(duty, kind, cadence.article, opens_on, following_on - _DAY)
            opens_on = following_on

    def welcome(self) -> Iterator[Due]:
        rule, entered_on = self.rule_book.contacts.welcome, self.customer.entered_on
        if rule is None or entered_on is None:
            return
        opens_on = month_later(entered_on, rule.months_after)
        last_on = month_later(opens_on, 1) - _DAY
        if last_on >= self.from_day:
            yield self.due("welcome", ObligationKind.WELCOME, rule.article, opens_on, last_on)

    def birthdays(self, until_day: date) -> Iterator[Due]:
        rule, birth_date = self.rule_book.contacts.birthday, self.customer.birth_date
        if rule is None or birth_date is None:
            return
        greeting = greeting_for(self.customer.tier, rule.greetings)
        for year in range(self.from_day.year, until_day.year + 2):
            day = birthday_in(birth_date, year)
            opens_on = day - timedelta(days=rule.lead_days)
            is_near = day >= self.from_day and opens_on <= until_day
            if greeting and is_near and self.holds_tier_on(day):
                kind = ObligationKind.BIRTHDAY
                due = self.due("birthday", kind, greeting.article, opens_on, day)
                yield self.planned_late(due)

    def festivals(self, until_day: date) -> Iterator[Due]:
        for festival in self.rule_book.contacts.festivals:
            greeting = greeting_for(self.customer.tier, festival.greetings)
            lead = timedelta(days=festival.lead_days)
            for day in self.calendar.festival_days(festival.code, self.from_day, until_day + lead):
                if greeting and self.holds_tier_on(day):
                    kind = ObligationKind.FESTIVAL
                    yield self.due(festival.code, kind, greeting.article, day - lead, day)

    def holds_tier_on(self, day: date) -> bool:
        return self.customer.tier_since_on is None or self.customer.tier_since_on <= day

    def due(
        self, duty: str, kind: ObligationKind, article: str, opens_on: date, due_on: date
    ) -> Due:
        customer = self.customer
        return Due(
            key=obligation_key(self.rule_book.code, duty, customer.customer_id, opens_on),
            kind=kind,
            article=article,
            tier=customer.tier,
            opens_on=opens_on,
            plan_on=preferred_day(
                f"{customer.customer_no}/{duty}", self.calendar, opens_on, due_on
            ),
            due_on=due_on,
        )

    def planned_late(self, due: Due) -> Due:
        """Return a birthday's greeting for the day itself, or the last workday before it."""
        workdays = self.calendar.workdays_between(due.opens_on, due.due_on)
        return replace(due, plan_on=workdays[-1] if workdays else due.due_on)
