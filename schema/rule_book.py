"""The rule book in force: its tiers, its cadence, and how its contradictions are read."""

from dataclasses import dataclass
from typing import Any

from authz.action import Action
from domain import contact_rule, rule_book, tier
from domain.obligation import ObligationKind
from domain.words import Words
from schema.declare import attribute, given, name_enum, shown
from schema.scalars import Fen

name_enum(
    ObligationKind,
    "What a rule book makes someone owe a customer.",
    {
        "CALL": "A call.",
        "VISIT": "A visit.",
        "BIRTHDAY": "A birthday greeting.",
        "FESTIVAL": "A festival greeting.",
        "WELCOME": "The first call to a new customer.",
    },
)

NONE = tier.Tier(tier.NO_TIER, 0, Words("无等级", "No tier"), 0, None, "")


@shown
class Tier:
    """A tier of the rule book in force: vip, gold, …; rank 0 is no tier."""

    code: str = attribute(lambda t: t.code, "Stable code: none, vip, gold, platinum, diamond.")
    rank: int = attribute(lambda t: t.rank, "0 for no tier, 1 for the lowest.")
    name: str = attribute(lambda t: t.name.zh, "Name in Chinese.")
    name_en: str = attribute(lambda t: t.name.en, "Name in English.")
    from_fen: Fen | None = attribute(
        lambda t: t.from_fen if t.rank else None,
        "Lowest daily average of the tier; null for no tier.",
    )
    below_fen: Fen | None = attribute(
        lambda t: t.below_fen, "The daily average below which it ends; null at the top."
    )


def tier_of(run: Any, code: str) -> tier.Tier:
    """Return the tier with that code; a code that the book in force no longer has is no tier."""
    return run.rule_book.tier(code) or NONE


@dataclass(frozen=True, slots=True)
class _Contact:
    rule: contact_rule.Cadence
    tier: tier.Tier


@dataclass(frozen=True, slots=True)
class _Book:
    book: rule_book.RuleBook
    language: str

    def said(self, words: Words) -> str:
        return words.en if self.language == "en" else words.zh

    def contacts(self) -> list[_Contact]:
        return [
            _Contact(rule, self.book.tier(rule.tier) or NONE) for rule in self.book.contacts.cadence
        ]

    def contradictions(self) -> list["_Doubt"]:
        return [_Doubt(doubt, self) for doubt in self.book.contradictions]


@dataclass(frozen=True, slots=True)
class _Doubt:
    doubt: rule_book.Contradiction
    book: _Book


@shown
class Cadence:
    """So many contacts of one kind in each window, for one tier."""

    tier: Tier = attribute(lambda c: c.tier, "For whom.")
    kind: ObligationKind = attribute(lambda c: c.rule.kind, "What is owed.")
    times: int = attribute(lambda c: c.rule.times, "How many in a window.")
    months: int = attribute(lambda c: c.rule.months, "How long a window is.")
    joint: bool = attribute(lambda c: bool(c.rule.joint), "Whether two must go together.")
    article: str = attribute(lambda c: c.rule.article, "The article that says so.")


@shown
class Contradiction:
    """A place where the rule book contradicts itself or says nothing, and how it is read."""

    articles: list[str] = attribute(lambda d: list(d.doubt.articles), "The articles concerned.")
    readings: list[str] = attribute(
        lambda d: [d.book.said(one.words) for one in d.doubt.readings], "What it can mean."
    )
    chosen: str = attribute(
        lambda d: d.book.said(d.doubt.chosen_reading.words), "The reading that holds here."
    )


@shown
class RuleBook:
    """The rule book in force."""

    code: str = attribute(lambda b: b.book.code, "Stable code, also the file's name.")
    version: int = attribute(lambda b: b.book.version, "Counted up with every change of a figure.")
    name: str = attribute(lambda b: b.book.title.zh, "Title in Chinese.")
    name_en: str = attribute(lambda b: b.book.title.en, "Title in English.")
    sha256: str = attribute(lambda b: b.book.sha256, "Of the file, hexadecimal.")
    tiers: list[Tier] = attribute(lambda b: list(b.book.tiers), "Its tiers, lowest first.")
    cadence: list[Cadence] = attribute(lambda b: b.contacts(), "How often customers are contacted.")
    contradictions: list[Contradiction] = attribute(
        lambda b: b.contradictions(), "Where it had to be read one way or another."
    )


def rule_book_in_force(run: Any) -> _Book:
    """Return the rule book in force, in the reader's language."""
    run.ensure_may(Action.RULE_BOOK_READ)
    return _Book(run.rule_book, run.language)


@shown
class RuleBookQuery:
    """Questions about the rule book."""

    rule_book: RuleBook = given(rule_book_in_force, "The rule book in force.")
