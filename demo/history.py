"""One customer's year: tries become activities, and activities settle what is owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from demo.chance import Chance
from demo.intent import Intent
from demo.kept import Kept, last_day_to_make_up
from demo.note import note, topic
from demo.span import BUREAU_ZONE
from demo.words import words
from domain.activity import ActivityKind, ActivityOutcome
from domain.calendar import Calendar
from domain.identity import new_id
from domain.obligation import Due, ObligationKind, duty_of
from domain.obligation_clock import Clock, EventKind, ObligationEvent, clock_after
from domain.rule_book import RuleBook
from domain.settlement import Contact, joint_roles, obligations_settled

OTHER_WORDS_TRIES = 4  # people seldom write the same sentence of one customer twice
OPENED_AT = time(6)
OPENED_AHEAD = timedelta(days=35)  # as services.obligation.HORIZON


@dataclass(frozen=True, slots=True)
class Done:
    """An activity as it will be noted."""

    id: UUID
    kept: Kept
    kind: ActivityKind
    outcome: ActivityOutcome
    happened_on: date
    noted_at: datetime
    note: str
    next_on: date | None
    with_staff_id: UUID | None


@dataclass(slots=True)
class Owing:
    """An obligation with its events so far; the clock is their fold."""

    kept: Kept
    due: Due
    events: list[ObligationEvent] = field(default_factory=list)
    clock: Clock | None = None

    def add(self, event: ObligationEvent) -> None:
        """Let *event* happen, if the rules allow it to follow."""
        self.clock = clock_after(self.clock, event)
        self.events.append(event)

    @property
    def key(self) -> str:
        """As `domain.obligation.Owed` asks."""
        return self.due.key

    @property
    def kind(self) -> str:
        """As `domain.obligation.Owed` asks."""
        return self.due.kind

    @property
    def tier(self) -> str:
        """As `domain.obligation.Owed` asks."""
        return self.due.tier

    @property
    def opens_on(self) -> date:
        """As `domain.obligation.Owed` asks."""
        return self.due.opens_on

    @property
    def due_on(self) -> date:
        """As `domain.obligation.Owed` asks."""
        return self.due.due_on


class History:
    """What was owed to one customer and what was done, up to the day before *today*.

    Attributes:
        owings: All that was opened.
        activities: What staff did, in order of days.
    """

    def __init__(
        self,
        kept: Kept,
        dues: Iterable[Due],
        rule_book: RuleBook,
        calendar: Calendar,
        today: date,
        chance: Chance,
    ) -> None:
        self.kept, self.rule_book, self.calendar = kept, rule_book, calendar
        self.today, self.chance = today, chance
        self.activities: list[Done] = []
        self.owings = {due.key: Owing(kept, due) for due in dues}
        self._open: dict[str, Owing] = {}
        self._said: set[str] = set()
        self._waiting = sorted(
            self.owings.values(),
            key=lambda owing: (self._begins_on(owing), owing.key),
            reverse=True,
        )

    def pass_with(self, tries: Sequence[Intent]) -> None:
        """Let the days pass until *today*, with these *tries* on theirs."""
        for intent in sorted(tries, key=lambda intent: (intent.day, intent.due.key)):
            if intent.day < self.today:
                self._reach(intent.day)
                if intent.due.key in self._open:
                    self._try(intent)
        self._reach(self.today)

    def _reach(self, day: date) -> None:
        """Open, miss and void what comes to that by the morning of *day*."""
        while self._waiting and self._begins_on(self._waiting[-1]) <= day:
            owing = self._waiting.pop()
            owner_id, plan_on = self.kept.manager.staff_id, owing.due.plan_on
            at = _instant(self._opened_on(owing), OPENED_AT)
            owing.add(ObligationEvent(EventKind.OPENED, at, owner_id, plan_on=plan_on))
            self._open[owing.key] = owing
        for owing in list(self._open.values()):
            left_on = self._left_on(owing, day)
            missed_on = last_day_to_make_up(owing.due, self.rule_book) + timedelta(days=1)
            if left_on:
                self._end(owing, EventKind.VOIDED, left_on)
            elif missed_on <= day:
                self._end(owing, EventKind.MISSED, missed_on)

    def _opened_on(self, owing: Owing) -> date:
        """Return the day on which the sweep opened it: weeks ahead, but only once it was known."""
        return max(self.kept.known_on(owing.due), owing.opens_on - OPENED_AHEAD)

    def _begins_on(self, owing: Owing) -> date:
        """Return the first day on which something may be done about it."""
        return max(owing.opens_on, self._opened_on(owing))

    def _left_on(self, owing: Owing, until_day: date) -> date | None:
        """Return the day of its window, up to *until_day*, on which the customer left."""
        for day in self.kept.days_of_leaving():
            if owing.opens_on <= day <= min(until_day, owing.due_on):
                return day
        return None

    def _end(self, owing: Owing, kind: EventKind, day: date) -> None:
        owing.add(ObligationEvent(kind, _instant(day, OPENED_AT)))
        del self._open[owing.key]

    def _try(self, intent: Intent) -> None:
        owing = self._open[intent.due.key]
        manager = self.kept.manager
        if intent.postpones_to:
            reason = self.chance.choice(words("notes")["postponed"]["reasons"])
            at = self._office_hour(intent.day)
            owing.add(
                ObligationEvent(
                    EventKind.POSTPONED, at, manager.staff_id, reason, intent.postpones_to
                )
            )
            return
        is_joint = bool(joint_roles(owing, self.rule_book)) and intent.kind is ActivityKind.VISIT
        participants = (manager, self.kept.head) if is_joint else (manager,)
        activity = self.note(
            intent.day,
            intent.kind,
            intent.outcome,
            self._about(owing, intent, is_joint),
            next_on=intent.next_on,
            with_staff_id=self.kept.head.staff_id if is_joint else None,
        )
        contact = Contact(
            intent.kind, intent.outcome, intent.day, tuple(one.roles for one in participants)
        )
        for settled in obligations_settled(contact, self._open.values(), self.rule_book):
            settled.add(
                ObligationEvent(
                    EventKind.SETTLED,
                    activity.noted_at,
                    manager.staff_id,
                    settled_on=intent.day,
                    activity_id=activity.id,
                )
            )
            del self._open[settled.key]

    def note(
        self,
        day: date,
        kind: ActivityKind,
        outcome: ActivityOutcome,
        about: tuple[str, str],
        *,
        next_on: date | None = None,
        with_staff_id: UUID | None = None,
    ) -> Done:
        """Note an activity of *day*; *about* is the topic and, of a greeting, the festival."""
        subject, festival = about
        text = note(kind, outcome, subject, self.chance, festival=festival)
        for _ in range(OTHER_WORDS_TRIES):
            if text not in self._said:
                break
            text = note(kind, outcome, subject, self.chance, festival=festival)
        self._said.add(text)
        done = Done(
            new_id(),
            self.kept,
            kind,
            outcome,
            day,
            self._office_hour(day),
            text,
            next_on,
            with_staff_id,
        )
        self.activities.append(done)
        return done

    def _about(self, owing: Owing, intent: Intent, is_joint: bool) -> tuple[str, str]:
        if is_joint:
            return "joint", ""
        if owing.kind == ObligationKind.FESTIVAL:
            festival = self.rule_book.contacts.festival(duty_of(owing.key))
            return "festival", festival.name.zh if festival else ""
        if owing.kind in (ObligationKind.BIRTHDAY, ObligationKind.WELCOME):
            return str(owing.kind), ""
        if intent.outcome is not ActivityOutcome.REACHED:
            return "any", ""
        change_pct = self.kept.change_pct_on(intent.day)
        return topic(self.kept.occupation, change_pct, self.chance), ""

    def _office_hour(self, day: date) -> datetime:
        minutes = self.chance.between(8 * 60 + 40, 17 * 60 + 20)
        return _instant(day, time(minutes // 60, minutes % 60, self.chance.between(0, 59)))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BUREAU_ZONE)
