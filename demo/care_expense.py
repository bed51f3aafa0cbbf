"""Money spent on customers through the year, within the budgets of 第十条 but for outliers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from demo.chance import Chance
from demo.history import History
from demo.kept import Kept
from demo.words import words
from domain.activity import ActivityKind, ActivityOutcome
from domain.calendar import Calendar
from domain.due import birthday_in
from domain.identity import new_id
from domain.money import FEN_PER_YUAN
from domain.rule_book import RuleBook
from domain.tier import NO_TIER

OFTEN_PCT: Final = {
    "spring_festival": 55,
    "birthday": 38,
    "tier_gift": 75,
    "mid_autumn": 34,
    "family_events": 5,
    "illness": 3,
}
GIVEN_AS_GIFT: Final = {"spring_festival": "festival", "birthday": "birthday", "tier_gift": "tier"}
OUTLIERS: Final = 2


@dataclass(frozen=True, slots=True)
class Expense:
    """One line of the ledger (附件2).

    Args:
        amount_fen: Below 0 where it reverses another line.
        reverses_id: That line.
    """

    id: UUID
    kept: Kept
    occasion: str
    amount_fen: int
    spent_on: date
    voucher_no: str
    reverses_id: UUID | None = None


class Ledger:
    """Books what is spent on customers, and notes what is given to them as an activity.

    Attributes:
        expenses: All lines, in the order in which they were booked.
    """

    def __init__(
        self, rule_book: RuleBook, calendar: Calendar, from_day: date, today: date
    ) -> None:
        self._rule_book, self._calendar = rule_book, calendar
        self._from_day, self._today = from_day, today
        self._spent: dict[tuple[str, int], int] = defaultdict(int)
        self._vouchers: dict[str, int] = defaultdict(int)
        self.expenses: list[Expense] = []

    def book_year(self, history: History, chance: Chance) -> None:
        """Book what was spent on one customer."""
        for day, occasion in sorted(self._occasions(history.kept, chance)):
            if not (self._from_day <= day < self._today and chance.happens(OFTEN_PCT[occasion])):
                continue
            tier = history.kept.tier_on(day)
            costs: dict[str, Any] = words("expenses")[occasion]
            is_booked = tier in costs and self._book(history.kept, costs, tier, day, chance)
            if is_booked and occasion in GIVEN_AS_GIFT:
                about = (GIVEN_AS_GIFT[occasion], "")
                history.note(day, ActivityKind.GIFT, ActivityOutcome.REACHED, about)

    def book_outliers(self, chance: Chance) -> None:
        """Book two expenses far beyond the budget, and one mistake that is reversed."""
        modest = [line for line in self.expenses if line.kept.tier_on(line.spent_on) == "gold"]
        for line in chance.sample(modest, min(OUTLIERS, len(modest))):
            beyond = self._rule_book.care_budget_fen("gold") * chance.between(12, 17) // 10
            self._add(line.kept, "家庭大事", beyond, line.spent_on)
        if self.expenses:
            meant = chance.choice(self.expenses)
            mistyped = self._add(meant.kept, meant.occasion, meant.amount_fen * 10, meant.spent_on)
            corrected_on = min(meant.spent_on + timedelta(days=2), self._today)
            self._add(meant.kept, meant.occasion, -mistyped.amount_fen, corrected_on, mistyped.id)

    def _occasions(self, kept: Kept, chance: Chance) -> list[tuple[date, str]]:
        """Return the days of the year on which something may be given, and for what."""
        found = [
            (self._calendar.shift(festival, -chance.between(2, 9)), code)
            for code in ("spring_festival", "mid_autumn")
            for festival in self._calendar.festival_days(code, self._from_day, self._today)
        ]
        if kept.birth_date:
            years = range(self._from_day.year, self._today.year + 1)
            found += [(birthday_in(kept.birth_date, year), "birthday") for year in years]
        for tenure in kept.tenures:
            if tenure.tier != NO_TIER:
                found.append(
                    (tenure.since_on + timedelta(days=chance.between(12, 40)), "tier_gift")
                )
        some_day = self._from_day + timedelta(days=chance.between(0, 400))
        return [*found, (some_day, chance.choice(("family_events", "illness")))]

    def _book(
        self, kept: Kept, costs: dict[str, Any], tier: str, day: date, chance: Chance
    ) -> bool:
        """Book one expense, if the year's budget still holds it."""
        amount_fen = chance.between(*costs[tier]) * FEN_PER_YUAN
        spent = self._spent[kept.customer_no, day.year]
        if spent + amount_fen > self._rule_book.care_budget_fen(tier):
            return False
        self._add(kept, costs["name"], amount_fen, day)
        return True

    def _add(
        self, kept: Kept, occasion: str, amount_fen: int, day: date, reverses_id: UUID | None = None
    ) -> Expense:
        self._spent[kept.customer_no, day.year] += amount_fen
        series = f"{day:%Y%m}"
        self._vouchers[series] += 1
        voucher_no = f"WH{series}-{self._vouchers[series]:04d}"
        line = Expense(new_id(), kept, occasion, amount_fen, day, voucher_no, reverses_id)
        self.expenses.append(line)
        return line
