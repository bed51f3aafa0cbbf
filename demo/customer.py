"""The demo's customers: who they are, where they bank, and what they hold over the span."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp

from demo.account import Account
from demo.book import Book
from demo.bureau import Bureau, Outlet
from demo.chance import Chance
from demo.firm import Firm, firm
from demo.fortune import YUAN, Fortune
from demo.person import Person, person
from demo.span import Span
from demo.story import Story, story_of_firm, story_of_person
from demo.turn import Turns

CUSTOMERS = 3000
COMPANY_PCT = 3.2
INSTITUTION_PCT = 1.3

# Log-normal, in yuan: a third lie below 50,000, one in forty above 1,000,000.
MEDIAN_WEALTH_YUAN = 93_000
WEALTH_SPREAD = 1.26


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer and all accounts they have had within the span."""

    number: str
    who: Person | Firm
    home: Outlet
    story: Story
    accounts: tuple[Account, ...]

    def is_here(self, first_day: int, last_day: int) -> bool:
        """Return whether an account was open on any day from *first_day* to *last_day*."""
        return any(
            account.days[0] <= last_day
            and (account.closed_on is None or account.closed_on >= first_day)
            for account in self.accounts
        )

    def line(self) -> tuple[str, ...]:
        """Return the customer's line of ``customers.csv``."""
        who = self.who
        if isinstance(who, Firm):
            return (
                self.number, who.kind, who.name, "", "", "credit_code", who.id_number, who.phone,
                who.address, "",
            )  # fmt: skip
        return (
            self.number, "person", who.name, who.sex, who.birth_date.isoformat(), "resident_id",
            who.id_number, who.phone, who.address, who.occupation,
        )  # fmt: skip


def customers(
    bureau: Bureau, span: Span, today: date, seed: int, count: int = CUSTOMERS
) -> Iterator[Customer]:
    """Give customers; no two share an id number, a phone, or a firm's name.

    Args:
        bureau: Whose outlets they bank with.
        span: The quarters that their accounts cover.
        today: What ages are counted from.
        seed: Another one makes other people.
        count: How many.
    """
    homes = {outlet: outlet.weight for outlet in bureau.outlets}
    turns = Turns(tuple(outlet.code for outlet in bureau.outlets))
    taken: set[str] = set()
    for serial in range(1, count + 1):
        chance = Chance(seed, "customer", serial)
        home = chance.weighted(homes)
        who = _somebody(bureau, home, today, chance)
        while not taken.isdisjoint(_unique(who)):
            who = _somebody(bureau, home, today, chance)
        taken.update(_unique(who))
        yield _customer(f"C{bureau.code[:2]}{serial:07d}", who, home, span, turns, chance)


def _somebody(bureau: Bureau, home: Outlet, today: date, chance: Chance) -> Person | Firm:
    point = chance.random() * 100
    if point < COMPANY_PCT:
        return firm("company", bureau, home, chance)
    if point < COMPANY_PCT + INSTITUTION_PCT:
        return firm("institution", bureau, home, chance)
    return person(bureau, home, today, chance)


def _unique(who: Person | Firm) -> set[str]:
    names = {who.name} if isinstance(who, Firm) else set()
    return {who.id_number, who.phone} | names


def _customer(
    number: str, who: Person | Firm, home: Outlet, span: Span, turns: Turns, chance: Chance
) -> Customer:
    wealth_fen = int(MEDIAN_WEALTH_YUAN * exp(chance.gauss(0, WEALTH_SPREAD))) * YUAN
    if isinstance(who, Firm):
        story, income_fen = story_of_firm(chance), wealth_fen // 6
    else:
        story = story_of_person(who.occupation, chance)
        income_fen = who.income_yuan * YUAN
    fortune = Fortune(
        Book(number, home.code), story, wealth_fen, income_fen, isinstance(who, Firm), span, chance
    )
    return Customer(number, who, home, story, tuple(fortune.live(turns)))
