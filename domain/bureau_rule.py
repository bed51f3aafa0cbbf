"""What a rule book asks of the bureau itself: maintainers, care budgets, reports, assessment."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.words import Words


@dataclass(frozen=True, slots=True)
class Maintainer:
    """Who looks after customers of some tiers; *duty* is ``manager`` or ``helper``."""

    tiers: tuple[str, ...]
    duty: str
    role: str
    article: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who does the work of *role* where an outlet has nobody in it, first choice first."""

    role: str
    by: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Cap:
    """The most customers of these tiers that one person in these roles maintains."""

    roles: tuple[str, ...]
    tiers: tuple[str, ...]
    customers_max: int
    article: str


@dataclass(frozen=True, slots=True)
class Dedication:
    """Tiers whose customers have a named dedicated person, and who may be it."""

    tiers: tuple[str, ...]
    roles: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class HomeOutletRule:
    """How a customer's one home outlet is chosen, and who verifies a change."""

    chosen_by: str
    change_verified_by: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Who maintains whom."""

    principle: Words
    article: str
    home_outlet: HomeOutletRule
    maintainers: tuple[Maintainer, ...]
    stand_ins: tuple[StandIn, ...]
    dedicated: Dedication | None
    caps: tuple[Cap, ...]

    def roles_that_are(self, role: str) -> tuple[str, ...]:
        """Return *role* and those who may stand in for it."""
        by = next((stand_in.by for stand_in in self.stand_ins if stand_in.role == role), ())
        return (role, *by)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One row of the service matrix: by tier, what customers get; an absent tier gets nothing."""

    code: str
    name: Words
    by_tier: Mapping[str, tuple[str, ...]]
    article: str


@dataclass(frozen=True, slots=True)
class CareBudget:
    """The care budget of one customer of *tier* for a year, in fen."""

    tier: str
    per_year_fen: int
    article: str


@dataclass(frozen=True, slots=True)
class Care:
    """Care budgets, and the least share of one that must be spent on a customer."""

    budgets: tuple[CareBudget, ...]
    floor_pct: int
    floor_article: str


@dataclass(frozen=True, slots=True)
class BureauDuty:
    """Work that falls due by the calendar and not by customer: events, checks, training, reports.

    Args:
        by: Roles that owe it.
        to: Who receives it; empty if nobody does.
        every: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        due_day: Last day of the month (of the period's first month after it) on which it is in
            time; None if any day of the period is.
        times: How many in each period.
        form: Number of the form (附件) it is made on; None without one.
        contents: What it must hold.
    """

    code: str
    name: Words
    by: tuple[str, ...]
    every: str
    article: str
    to: tuple[str, ...] = ()
    due_day: int | None = None
    times: int = 1
    tiers: tuple[str, ...] = ()
    form: int | None = None
    contents: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Work that has no date: done whenever the occasion arises, by these roles, for those."""

    code: str
    name: Words
    by: tuple[str, ...]
    article: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintTerms:
    """How fast a complaint is answered, and who calls back afterwards."""

    answer_hours: int
    answer_article: str
    first_responsible: tuple[str, ...]
    first_responsible_article: str
    reported_to: tuple[str, ...]
    satisfaction_pct: int
    satisfaction_article: str
    follow_up_pct: int
    follow_up_by: tuple[str, ...]
    follow_up_article: str


@dataclass(frozen=True, slots=True)
class AssessmentRound:
    """Who assesses whom, and how often."""

    by: tuple[str, ...]
    of: tuple[str, ...]
    every: str
    article: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """What one finding costs each of those who bear it, in fen.

    Args:
        per: What is counted: ``customer``, ``time`` or ``finding``.
        from_fen: The least for one; *to_fen* the most, equal where the source names one figure.
        borne_by: Roles that each bear it; ``person_responsible`` and ``unit`` are named so.
        waiver: When it is not taken, in words; None if always.
    """

    code: str
    name: Words
    per: str
    from_fen: int
    to_fen: int
    borne_by: tuple[str, ...]
    article: str
    waiver: Words | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The rounds of assessment, what they look at, and what findings cost."""

    rounds: tuple[AssessmentRound, ...]
    criteria: tuple[Words, ...]
    criteria_article: str
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True, slots=True)
class DataAccess:
    """What a request to see customer data must state, and who approves it."""

    must_state: tuple[str, ...]
    approved_by: tuple[str, ...]
    form: int
    article: str


@dataclass(frozen=True, slots=True)
class Form:
    """One of the source's forms (附件)."""

    number: int
    name: Words
    article: str
