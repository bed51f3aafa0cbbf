"""A rule book as a value: versioned figures, each with the article that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.bureau_rule import (
    Assessment,
    BureauDuty,
    Care,
    ComplaintTerms,
    DataAccess,
    Entitlement,
    Form,
    Maintenance,
    Practice,
)
from domain.contact_rule import ContactRules
from domain.tier import Tier
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a rule book was read from."""

    title: Words
    issuer: Words
    issued_on: date


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the rule book is about: kinds of customer, and what such a customer is called."""

    kinds: tuple[str, ...]
    name: Words
    article: str


@dataclass(frozen=True, slots=True)
class Metric:
    """The figure that tiers are measured by.

    Args:
        figure: How days become one figure: ``daily_average``.
        products: Products of `balances.csv` that count.
    """

    code: str
    name: Words
    figure: str
    products: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class RatingRule:
    """When customers are rated, and what it takes to move a tier.

    Args:
        method: How tiers follow from the metric: ``thresholds``.
        every: ``quarter``.
        quarters_to_move: Quarters in a row out of range that re-rate, by the newest.
        due_day: Last day of the first month after the period on which the rating is in time.
        data_due_day: Day of the month by which the asset data are handed over.
        rated_by: Roles that run it.
        article: The article on rating, shown with every result.
    """

    method: str
    every: str
    quarters_to_move: int
    quarters_to_move_article: str
    due_day: int
    due_day_article: str
    data_due_day: int
    data_due_day_article: str
    rated_by: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the source and what it means there."""

    code: str
    name: Words
    meaning: Words
    article: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a place of the source."""

    article: str
    words: Words


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place where the source contradicts itself or says nothing.

    Args:
        readings: What it can mean; at least two.
        chosen: Which of them is built, counted from 1.
        because: Why that one.
    """

    code: str
    about: Words
    readings: tuple[Reading, ...]
    chosen: int
    because: Words

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles concerned, each once, in the order of the readings."""
        return tuple(dict.fromkeys(reading.article for reading in self.readings))

    @property
    def chosen_reading(self) -> Reading:
        """The reading that is built."""
        return self.readings[self.chosen - 1]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """One version of one rule book.

    Args:
        code: Stable name, also the file's: ``postal-high-end``.
        version: Counted up by hand with every change of a figure.
        effective_from: The first day on which it holds.
        sha256: Of the file's bytes, hexadecimal; names the exact text in every rating run.
        articles: By article, the places of the file that cite it, like ``tiers[0]``.
    """

    code: str
    version: int
    title: Words
    source: Source
    effective_from: date
    effective_article: str
    subject: Subject
    metric: Metric
    terms: tuple[Term, ...]
    tiers: tuple[Tier, ...]
    rating: RatingRule
    maintenance: Maintenance
    contacts: ContactRules
    entitlements: tuple[Entitlement, ...]
    care: Care
    duties: tuple[BureauDuty, ...]
    practices: tuple[Practice, ...]
    complaints: ComplaintTerms
    assessment: Assessment
    data_access: DataAccess
    forms: tuple[Form, ...]
    contradictions: tuple[Contradiction, ...]
    sha256: str = ""
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def tier(self, code: str) -> Tier | None:
        """Return the tier with that *code*; None for ``none`` and for codes of other rule books."""
        return next((tier for tier in self.tiers if tier.code == code), None)

    def care_budget_fen(self, tier: str) -> int:
        """Return a year's care budget for one customer of *tier*, in fen; 0 without a tier."""
        return next((b.per_year_fen for b in self.care.budgets if b.tier == tier), 0)
