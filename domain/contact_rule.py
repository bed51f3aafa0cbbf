"""What a rule book asks of contact with a customer, and what settles it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.words import Words


@dataclass(frozen=True, slots=True)
class Cadence:
    """So many contacts of one kind in each calendar window, for one tier.

    Args:
        tier: Code of the tier.
        kind: Kind of obligation: ``call`` or ``visit``.
        times: How many contacts a window.
        months: Length of the window: 1, 2, 3, 4, 6 or 12, counted from January.
        roles: Who owes it.
        joint: Roles that must take part together; empty if one person is enough.
        article: Who said so.
    """

    tier: str
    kind: str
    times: int
    months: int
    roles: tuple[str, ...]
    article: str
    joint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """The call to a newly gained customer, *months_after* the month of entering a tier."""

    months_after: int
    roles: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """What customers of some tiers get on one occasion.

    Args:
        tiers: Codes of the tiers.
        channels: All that the service matrix lists, such as ``message``, ``card``, ``gift``.
        settled_by: The kinds of activity that are the greeting itself; a card or a gift that
            goes with it is a care expense, and does not stand in for it.
        article: Who said so.
    """

    tiers: tuple[str, ...]
    channels: tuple[str, ...]
    settled_by: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Birthday:
    """Birthday greetings; the window opens *lead_days* before and ends on the day itself."""

    lead_days: int
    greetings: tuple[Greeting, ...]


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival's greetings; the window opens *lead_days* before and ends on the day itself."""

    code: str
    name: Words
    lead_days: int
    greetings: tuple[Greeting, ...]


@dataclass(frozen=True, slots=True)
class SettledBy:
    """The kinds and outcomes of an activity that settle one kind of obligation."""

    kinds: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postponing:
    """How often an obligation may be planned for another day of its window."""

    times_max: int
    reason_chars_min: int


@dataclass(frozen=True, slots=True)
class ContactRules:
    """All rules of contact in one rule book.

    Args:
        settled_by: By kind of obligation; greetings name their own kinds of activity, and take
            only the outcomes from here.
        missed_after_days: How long after its last day an open obligation can still be made up.
    """

    cadence: tuple[Cadence, ...]
    welcome: Welcome | None
    birthday: Birthday | None
    festivals: tuple[Festival, ...]
    settled_by: Mapping[str, SettledBy]
    postponing: Postponing
    missed_after_days: int

    def cadence_of(self, tier: str) -> tuple[Cadence, ...]:
        """Return the contacts that a customer of *tier* is owed."""
        return tuple(cadence for cadence in self.cadence if cadence.tier == tier)

    def festival(self, code: str) -> Festival | None:
        """Return the festival with that *code*, if its greeting is owed at all."""
        return next((festival for festival in self.festivals if festival.code == code), None)


def greeting_for(tier: str, greetings: tuple[Greeting, ...]) -> Greeting | None:
    """Return what customers of *tier* get of these *greetings*."""
    return next((greeting for greeting in greetings if tier in greeting.tiers), None)
