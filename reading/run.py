"""One request's reading: who asks, what was shown, and the values that a plan's code works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from authz.action import Action
from domain.calendar import Calendar
from domain.rule_book import RuleBook
from domain.staff import Staff
from gate.actor import Actor
from gate.house import House
from reading.reach import Reaches
from reading.refused import ReadRefused

COST_MAX = 20_000  # rows that one operation may ask for, lists within lists multiplied


class Asker(Protocol):
    """What reading needs to know of a request."""

    @property
    def house(self) -> House:
        """What the product runs on."""

    @property
    def actor(self) -> Actor | None:
        """Who has signed in."""

    @property
    def request_id(self) -> str:
        """Quoted to the reader if something breaks."""

    @property
    def language(self) -> str:
        """'zh' or 'en'."""


@dataclass(eq=False)
class Tally:
    """What one operation showed, counted in the loop that builds the response.

    Args:
        shown: Field of the registry -> [values in clear, values masked].
        customers: Whose rows were read.
        actions: The reads that policy was asked for and that the trail remembers.
        unreadable: Cells that did not open.
    """

    shown: dict[str, list[int]] = field(default_factory=dict)
    customers: dict[UUID, None] = field(default_factory=dict)
    actions: dict[Action, None] = field(default_factory=dict)
    unreadable: int = 0
    look_ups: int = 0
    cost: int = 0

    def counts(self, name: str) -> list[int]:
        """Return the counters of a field: clear, masked."""
        return self.shown.setdefault(name, [0, 0])

    def spend(self, rows: int) -> None:
        """Add what a read may return.

        Raises:
            ReadRefused: The operation asks for too much.
        """
        self.cost += rows
        if self.cost > COST_MAX:
            raise ReadRefused("TOO_COSTLY")

    def look_up(self) -> None:
        """Count a look-up by a sealed value.

        Raises:
            ReadRefused: It is the operation's second.
        """
        self.look_ups += 1
        if self.look_ups > 1:
            raise ReadRefused("ONE_LOOK_UP")


class _AsItIs:
    """Stands for an enum's names where graphql-core names the values itself."""

    def __getitem__(self, value: object) -> object:
        return value


AS_IT_IS = _AsItIs()
UNREADABLE = type("Unreadable", (), {"__doc__": "Stands for a cell that did not open."})()


@dataclass(eq=False)
class Run:
    """One root field being read.

    Args:
        arguments: The coerced arguments of each field that has some, by its slot.
        ids: Of the records that a payload names.
        is_wire: Whether values go to JSON as they are, not through graphql-core.
    """

    asker: Asker
    tally: Tally
    arguments: Sequence[Mapping[str, Any]]
    is_wire: bool
    open_reaches: Reaches | None = None
    ids: Sequence[UUID] = ()

    @property
    def actor(self) -> Actor:
        """Who reads.

        Raises:
            ReadRefused: Nobody has signed in.
        """
        if self.asker.actor is None:
            raise ReadRefused("UNAUTHENTICATED")
        return self.asker.actor

    @property
    def reaches(self) -> Reaches:
        """How far the reader's actions go."""
        if self.open_reaches is None:
            raise ReadRefused("UNAUTHENTICATED")
        return self.open_reaches

    @property
    def house(self) -> House:
        """What the product runs on."""
        return self.asker.house

    @property
    def staff(self) -> Staff:
        """Who reads, as policy sees them."""
        return self.actor.staff

    @property
    def rule_book(self) -> RuleBook:
        """The rule book in force."""
        return self.asker.house.rule_book

    @property
    def calendar(self) -> Calendar:
        """The bureau's calendar."""
        return self.asker.house.calendar

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.asker.language

    @cached_property
    def now(self) -> datetime:
        """The present instant."""
        return self.asker.house.now()

    @cached_property
    def today(self) -> date:
        """Today in the bureau's calendar."""
        return self.asker.house.today()

    def ensure_may(self, action: Action) -> None:
        """Refuse who may not do *action* anywhere.

        Raises:
            ReadRefused: Refused looks like missing.
        """
        if not self.reaches.is_allowed(action):
            raise ReadRefused("NOT_FOUND")

    def names(self, of: Mapping[Any, str]) -> Any:
        """Return what turns an enum's values into what this execution needs."""
        return of if self.is_wire else AS_IT_IS
