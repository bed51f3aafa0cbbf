"""A manager's year: what all their customers were owed, spread over workdays, and what was done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final

from demo.chance import Chance
from demo.history import History
from demo.intent import Habits, intents
from demo.kept import Kept
from domain.calendar import Calendar
from domain.obligation import Due, ObligationKind, ObligationState, QueueGroup, queue_group
from domain.period import window_start
from domain.rule_book import RuleBook
from domain.workload import planned_evenly

TODAY_WANTED: Final = 10
OVERDUE_WANTED: Final = 3
OVERDUE_DAYS_MAX: Final = 25
LEFT_ALONE_DAYS_MAX: Final = 16
A_MONTH: Final = timedelta(days=31)
PROMPT: Final = Habits(forgets_pct=0, is_prompt=True)
FORGETS_PCT: Final = {2.0: 40.0, 4.0: 35.0, 7.0: 20.0, 14.0: 5.0}

Planned = tuple[Kept, list[Due]]
"""A customer and what they are owed, each on its planned day."""


def history_start(today: date) -> date:
    """Return the first day of the quarter that held *today* a year ago."""
    return window_start(today - timedelta(days=365), 3)


@dataclass(frozen=True, slots=True)
class Years:
    """What managers' years are made by.

    Args:
        today: Nothing is done on this day or later.
        seed: Another one makes other years.
    """

    rule_book: RuleBook
    calendar: Calendar
    today: date
    seed: int

    def of(self, customers: Sequence[Kept]) -> list[History]:
        """Return the year of each of one manager's *customers*."""
        chance = Chance(self.seed, "habits", customers[0].customer_no)
        habits = Habits(chance.weighted(FORGETS_PCT))
        return [self._history(planned, habits) for planned in self._planned(customers)]

    def shown_first(self, customers: Sequence[Kept]) -> list[History]:
        """Return the year of a prompt manager whose queue of today is worth looking at.

        Some customers have been left alone lately: a few until something fell overdue, some
        for days, so that there is work for today, of every tier.
        """
        planned = self._planned(customers)
        histories = [self._history(one, PROMPT) for one in planned]
        self._leave_alone(histories, planned, QueueGroup.OVERDUE, OVERDUE_WANTED)
        self._leave_alone(histories, planned, QueueGroup.TODAY, TODAY_WANTED)
        return histories

    def _planned(self, customers: Sequence[Kept]) -> list[Planned]:
        """Return what each customer is owed: long windows by chance, short ones evenly on top."""
        start = history_start(self.today)
        owed = [kept.dues(self.rule_book, self.calendar, start, self.today) for kept in customers]
        all_dues = [due for dues in owed for due in dues]
        long = [due for due in all_dues if due.due_on - due.opens_on > A_MONTH]
        short = [due for due in all_dues if due.due_on - due.opens_on <= A_MONTH]
        work = Counter(due.plan_on for due in long)
        by_key = {due.key: due for due in (*long, *planned_evenly(short, self.calendar, work))}
        return [
            (kept, sorted((by_key[due.key] for due in dues), key=lambda due: due.key))
            for kept, dues in zip(customers, owed, strict=True)
        ]

    def _history(self, planned: Planned, habits: Habits, quiet_since: date = date.max) -> History:
        """Return one customer's year; from *quiet_since* on, nobody does anything with them."""
        kept, dues = planned
        chance = Chance(self.seed, "history", kept.customer_no)
        history = History(kept, dues, self.rule_book, self.calendar, self.today, chance)
        history.pass_with(
            [
                intent
                for due in dues
                for intent in intents(due, habits, self.rule_book, self.calendar, chance)
                if intent.day < quiet_since
            ]
        )
        return history

    def _leave_alone(
        self, histories: list[History], planned: Sequence[Planned], group: QueueGroup, wanted: int
    ) -> None:
        """Have as many obligations as *wanted* in one group of the queue, tier by tier."""
        missing = wanted - sum(self._groups(history).count(group) for history in histories)
        for place in self._tiers_in_turn(planned):
            if missing <= 0:
                return
            before = self._groups(histories[place])
            for quiet_since in self._days_left_alone(planned[place][1], group):
                left_alone = self._history(planned[place], PROMPT, quiet_since)
                after = self._groups(left_alone)
                if after.count(group) == before.count(group) + 1 and len(after) <= len(before) + 2:
                    histories[place], missing = left_alone, missing - 1
                    break

    def _groups(self, history: History) -> list[QueueGroup]:
        """Return the groups of what is overdue or for today."""
        groups = (
            queue_group(owing.clock.plan_on, owing.due_on, self.today)
            for owing in history.owings.values()
            if owing.clock and owing.clock.state is ObligationState.OPEN
        )
        return [group for group in groups if group in (QueueGroup.OVERDUE, QueueGroup.TODAY)]

    def _days_left_alone(self, dues: Iterable[Due], group: QueueGroup) -> list[date]:
        """Return since when a customer may have been left alone: not for long, and visits first."""
        if group is QueueGroup.TODAY:
            oldest = self.today - timedelta(days=LEFT_ALONE_DAYS_MAX)
            fitting = [due for due in dues if oldest <= due.plan_on < self.today <= due.due_on]
        else:
            oldest = self.today - timedelta(days=OVERDUE_DAYS_MAX)
            fitting = [due for due in dues if oldest <= due.due_on < self.today]
        fitting.sort(key=lambda due: due.kind is not ObligationKind.VISIT)
        return [due.plan_on for due in fitting]

    def _tiers_in_turn(self, planned: Sequence[Planned]) -> list[int]:
        """Return the customers' places, the highest tiers first and each tier once in a turn."""
        places: dict[int, list[int]] = {}
        for place, (kept, _) in enumerate(planned):
            tier = self.rule_book.tier(kept.tier_on(self.today))
            if tier:
                places.setdefault(-tier.rank, []).append(place)
        turns = zip_longest(*(places[rank] for rank in sorted(places)))
        return [place for turn in turns for place in turn if place is not None]
