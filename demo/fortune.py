"""How one customer's money moves, day by day: pay, spending, and deposits that fall due."""

from collections.abc import Callable
from heapq import heappop, heappush

from demo.account import Account
from demo.book import Book
from demo.chance import Chance
from demo.span import Span
from demo.story import ANY_MONTHLY_CHANGE_PCT, MONTHLY_CHANGE_PCT, Story

YUAN = 100

# Terms in days, and what they bring a year in percent; made up, near what was paid in 2025.
TERMS: dict[str, dict[int, float]] = {
    "time": {182: 0.9, 365: 1.1, 730: 1.3, 1095: 1.6},
    "wealth": {63: 1.9, 91: 2.0, 182: 2.2, 365: 2.5},
    "bond": {1095: 1.9, 1825: 2.0},
}

Event = Callable[[int], object]
"""What happens on a day, given its number."""


class Fortune:
    """The money of one customer over a span.

    Args:
        wealth_fen: What they hold when it begins.
        income_fen: What comes in a month.
        is_firm: A firm keeps most of it at hand and buys no insurance.
    """

    def __init__(
        self,
        book: Book,
        story: Story,
        wealth_fen: int,
        income_fen: int,
        is_firm: bool,
        span: Span,
        chance: Chance,
    ) -> None:
        self.book, self.story, self.span, self.chance = book, story, span, chance
        self.wealth_fen, self.is_firm = wealth_fen, is_firm
        self._queue: list[tuple[int, int, Event]] = []
        self._order = 0
        low, high = MONTHLY_CHANGE_PCT.get(story, ANY_MONTHLY_CHANGE_PCT)
        change_fen = int(wealth_fen * chance.uniform(low, high) / 100)
        self.spent_fen = max(income_fen // 5, income_fen - change_fen)
        self.paid_fen = self.spent_fen + change_fen
        self.at_hand_fen = max(2 * self.spent_fen, int(wealth_fen * chance.uniform(0.03, 0.12)))

    def live(self, stories: Callable[["Fortune", int], None]) -> list[Account]:
        """Let the span pass and return the accounts; *stories* plans what is special."""
        start = (
            self.chance.between(3, self.span.last_day - 3) if self.story is Story.ARRIVER else -1
        )
        self._open(start)
        self.at(start + self.chance.between(1, 28), self._payday)
        self.at(start + self.chance.between(1, 9), self._spend)
        stories(self, start)
        while self._queue:
            day, _, event = heappop(self._queue)
            event(day)
        return self.book.accounts

    def at(self, day: int, event: Event) -> None:
        """Plan *event* for *day*, if that is within the span."""
        if day <= self.span.last_day:
            self._order += 1
            heappush(self._queue, (day, self._order, event))

    def pay(self, day: int, fen: int) -> int:
        """Pay *fen* out, breaking deposits where demand is not enough; return what was paid."""
        paid = self.book.take(day, "demand", fen)
        for product in ("fund", "wealth", "time", "bond"):
            if paid < fen:
                paid += self.book.take(day, product, fen - paid)
        return paid

    def receive(self, day: int, fen: int) -> None:
        """Take *fen* in."""
        self.book.put(day, "demand", fen)

    def buy(self, day: int, product: str, fen: int) -> None:
        """Put whole hundreds of yuan from demand into *product*, as far as demand allows."""
        fen = min(fen, self.book.held_fen("demand")) // (100 * YUAN) * 100 * YUAN
        if fen >= 1000 * YUAN:
            self.book.take(day, "demand", fen)
            self._invest(day, product, fen)

    def close(self, day: int) -> None:
        """Take everything elsewhere; nothing comes after."""
        self.book.close(day)
        self._queue.clear()

    def _open(self, day: int) -> None:
        """Spread what they have over the products."""
        liquid = self.chance.uniform(0.6, 0.95) if self.is_firm else self.chance.uniform(0.05, 0.28)
        if self.story is Story.TRADER:
            liquid = max(liquid, self.chance.uniform(0.4, 0.8))
        self.receive(day, int(self.wealth_fen * liquid))
        weights = self._products()
        rest = self.wealth_fen - int(self.wealth_fen * liquid)
        for product, weight in weights.items():
            part = int(rest * weight / sum(weights.values())) // (100 * YUAN) * 100 * YUAN
            parts = 1 if part < 50_000 * YUAN else self.chance.between(1, 4)
            for _ in range(parts):
                if part // parts:
                    self._invest(day, product, part // parts, is_running=day < 0)
        if "fund" in weights:
            self.at(max(day, 0) // 7 * 7 + 7, self._value_funds)
        if "insurance" in weights:
            self.at(day + self.chance.between(20, 365), self._premium)

    def _products(self) -> dict[str, float]:
        weights = {"time": self.chance.uniform(3, 6)}
        if self.is_firm or self.wealth_fen < 20_000 * YUAN:
            return weights
        for product, pct, most in (
            ("wealth", 42, 4.0),
            ("insurance", 26, 2.0),
            ("bond", 17, 2.0),
            ("fund", 12, 1.2),
        ):
            if self.chance.happens(pct):
                weights[product] = self.chance.uniform(0.3, most)
        return weights

    def _invest(self, day: int, product: str, fen: int, is_running: bool = False) -> None:
        self.book.put(day, product, fen)
        if product in TERMS:
            term = self.chance.choice(tuple(TERMS[product]))
            left = self.chance.between(1, term) if is_running else term
            self.at(day + left, lambda due: self._mature(due, product, fen, term))

    def _mature(self, day: int, product: str, fen: int, term: int) -> None:
        """Pay a deposit back with interest, or renew it."""
        fen = min(fen, self.book.held_fen(product))
        if fen == 0:
            return
        interest = int(fen * TERMS[product][term] * term / 36500)
        if product == "time" and self.chance.happens(66):
            self.book.put(day, "time", interest)
            renewed = fen + interest
            self.at(day + term, lambda due: self._mature(due, "time", renewed, term))
            return
        self.book.take(day, product, fen)
        self.receive(day, fen + interest)
        following = "wealth" if product == "wealth" or self.chance.happens(45) else "time"
        if self.chance.happens(85):
            self.at(day + self.chance.between(1, 6), lambda due: self.buy(due, following, fen))

    def _payday(self, day: int) -> None:
        if self.paid_fen > 0:
            self.receive(day, self.chance.near(self.paid_fen, 0.25 if self.is_firm else 0.06))
        self.at(day + self.chance.between(29, 32), self._payday)
        if self.chance.happens(40):
            self.at(day + self.chance.between(2, 9), self._put_aside)

    def _spend(self, day: int) -> None:
        self.pay(day, self.chance.near(self.spent_fen / 3, 0.7))
        self.at(day + self.chance.between(7, 13), self._spend)

    def _put_aside(self, day: int) -> None:
        """Put what is not needed at hand into a deposit."""
        surplus = self.book.held_fen("demand") - self.at_hand_fen
        if self.story is not Story.TRADER and surplus > 5000 * YUAN:
            product = self.chance.weighted({"time": 60, "wealth": 25, "bond": 6})
            self.buy(day, "time" if self.is_firm else product, surplus)

    def _value_funds(self, day: int) -> None:
        change = self.span.fund_weeks[day // 7]
        for account in self.book.accounts:
            if account.product == "fund" and account.balance_fen:
                account.add(day, int(account.balance_fen * change))
        self.at(day + 7, self._value_funds)

    def _premium(self, day: int) -> None:
        premium = min(
            self.chance.choice((3000, 5000, 10_000, 20_000)) * YUAN, self.wealth_fen // 20
        )
        self.book.put(day, "insurance", self.pay(day, premium))
        self.at(day + 365, self._premium)
