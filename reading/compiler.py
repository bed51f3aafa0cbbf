"""Compiles what is selected of a root field to one SQL statement and one function of its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
)

from authz.action import Action
from reading.code import Code, dictionary
from reading.global_id import maker
from reading.noun import Place
from reading.reach import Reaches
from reading.refused import Irregular
from reading.run import Run
from reading.selection import Asked, Selected, names_variables
from reading.source import (
    Column,
    Identity,
)
from reading.spot import CustomerPlace, Frame, Spot, joined_unit
from reading.statement import Getter, Select, Statement


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A field's place in the run's arguments.

    Args:
        constant: The coerced arguments, if no variable is in them.
    """

    definition: GraphQLField
    node: FieldNode
    constant: Mapping[str, Any] | None


@dataclass(eq=False)
class Cost:
    """How many rows a list may give, for each row that it hangs on."""

    rows: Callable[[Run], int]
    below: list["Cost"] = field(default_factory=list)

    def total(self, run: Run) -> int:
        """Return the rows of this list and all lists in it."""
        return self.rows(run) * (1 + sum(one.total(run) for one in self.below))


class Compiler:
    """What the parts of one compilation share."""

    def __init__(self, asked: Asked, reaches: Reaches) -> None:
        self.asked = asked
        self.reaches = reaches
        self.statement = Statement()
        self.code = Code()
        self.slots: list[Slot] = []
        self.costs: list[Cost] = []
        self.actions: dict[Action, None] = {}
        self._shared: dict[str, str] = {}

    # -- what the parts need of the operation and the policy ----------------------------------

    def slot(self, selected: Selected) -> tuple[int, dict[str, Any]]:
        """Return a new place for the field's arguments, and what they are in this request."""
        if selected.definition is None:
            raise Irregular
        arguments = self.asked.arguments(selected)
        constant = None if names_variables(selected) else arguments
        self.slots.append(Slot(selected.definition, selected.nodes[0], constant))
        return len(self.slots) - 1, arguments

    @contextmanager
    def costing(self, cost: Cost) -> Iterator[None]:
        """Count what is compiled in the block as lists below *cost*."""
        around, self.costs = self.costs, cost.below
        around.append(cost)
        try:
            yield
        finally:
            self.costs = around

    def shared(self, what: str, make: Callable[[], str]) -> str:
        """Return the name that *make* gave for *what* the first time."""
        if what not in self._shared:
            self._shared[what] = make()
        return self._shared[what]

    def today(self) -> str:
        """Return the SQL of the bureau's date."""
        return self.statement.named_argument("today", lambda run: run.today) + "::date"

    def reaching(
        self, action: Action, name: str, path: Callable[[], str], manager: Callable[[], str]
    ) -> str:
        """Return the SQL condition that *action* reaches the row standing at that place."""
        allowed, denied = self.reaches.of(action, name)
        condition = self._within(allowed, path, manager)
        if not self.reaches[denied] or condition == "false":
            return condition
        return f"({condition} and not coalesce({self._within(denied, path, manager)}, false))"

    def _within(self, number: int, path: Callable[[], str], manager: Callable[[], str]) -> str:
        reach, getters = self.reaches[number], self.statement.getters
        if reach.is_any:
            return "true"
        padding: list[object] = [None] * len(getters)
        condition = reach.sql(
            path() if reach.within else "", manager() if reach.own is not None else "", padding
        )
        for place in range(len(padding) - len(getters)):
            getters.append(_reach_value(number, place))
        return condition

    def read_conditions(self, spot: Spot, *, is_same_customer: bool) -> list[str]:
        """Return the conditions under which the reader sees the rows of *spot*.

        That the customer is within reach is not asked again below the customer itself.
        """
        conditions = []
        for action, place in spot.noun.reads:
            self.actions[action] = None
            of_customer = spot.customer if place.customer or spot.noun.name == "Customer" else None
            if is_same_customer and of_customer and action is Action.CUSTOMER_READ:
                continue
            conditions.append(self._read_condition(spot, action, place, of_customer))
        return conditions

    def _read_condition(
        self, spot: Spot, action: Action, place: Place, customer: CustomerPlace | None
    ) -> str:
        if customer:
            return self.reaching(action, "*", customer.path, customer.manager)
        if place.is_everywhere:
            return "true" if self.reaches.is_allowed(action) else "false"

        def path() -> str:
            if place.path:
                return spot.sql(place.path)
            return f"{joined_unit(spot.frame.select, spot.sql(place.unit))}.path"

        return self.reaching(action, "*", path, lambda: spot.sql(place.manager))

    def flag(self, spot: Spot, action: Action, name: str) -> bool | str:
        """Tell whether *action* on a protected field reaches the row's customer.

        Returns:
            True or False where it holds for every row, else the Python expression of a column.
        """
        always = self.reaches.always(action, name, Action.CUSTOMER_READ)
        if always is not None:
            return always
        customer = spot.customer
        if customer is None:
            raise LookupError(f"{spot.noun.name} has protected fields but no customer.")
        return spot.frame.cell(self.reaching(action, name, customer.path, customer.manager))

    # -- objects --------------------------------------------------------------------------------

    def object(self, spot: Spot, fields: Sequence[Selected]) -> str:
        """Return the expression of a row's object."""
        return dictionary([(one.key, self.value(spot, one)) for one in fields])

    def fields_of(self, selected: Selected) -> tuple[GraphQLObjectType, list[Selected]]:
        """Return the object type that a field gives (or lists), and what is selected of it."""
        of = get_named_type(selected.definition.type) if selected.definition else None
        if not isinstance(of, GraphQLObjectType):
            raise Irregular
        return of, self.asked.below(selected, of)

    def value(self, spot: Spot, selected: Selected) -> str:
        """Return the expression of one field of a row.

        Raises:
            Irregular: The field has no source; graphql-core is to execute the operation.
        """
        if selected.name == "__typename":
            return repr(spot.noun.name)
        emit = EMITTERS.get(type(selected.source))
        if emit is None:
            raise Irregular
        return emit(self, spot, selected, selected.source)

    def leaf(self, selected: Selected, expression: str) -> str:
        """Return the expression of a scalar or an enum's name."""
        of = get_named_type(selected.definition.type) if selected.definition else None
        if not isinstance(of, GraphQLEnumType):
            return expression
        names = {None: None} | {value.value: name for name, value in of.values.items()}
        return f"{self.code.tool(lambda run: run.names(names))}[{expression}]"


Emitter = Callable[[Compiler, Spot, Selected, Any], str]
EMITTERS: dict[type, Emitter] = {}
"""How each kind of source becomes an expression; the modules of the kinds add themselves."""


def emits(source: type) -> Callable[[Emitter], Emitter]:
    """Make a function the emitter of one kind of source."""

    def add(emitter: Emitter) -> Emitter:
        EMITTERS[source] = emitter
        return emitter

    return add


@emits(Column)
def column(compiler: Compiler, spot: Spot, selected: Selected, source: Column) -> str:
    """Return the expression of a column's value."""
    today = compiler.today() if "{today}" in source.sql else ""
    return compiler.leaf(selected, spot.cell(source.sql.replace("{today}", today)))


@emits(Identity)
def identity(compiler: Compiler, spot: Spot, _selected: Selected, source: Identity) -> str:
    """Return the expression of a global id."""
    made = compiler.code.constant(maker(spot.noun.name))
    cells = [spot.cell(one) for one in source.columns]
    if len(cells) == 1:
        return f"{made}({cells[0]})"
    parts = ":".join(f"{{{cell}}}" for cell in cells)
    return f"{made}(f'{parts}')"


def _reach_value(number: int, place: int) -> Getter:
    return lambda run: run.reaches.values[number][place]


def new_frame(compiler: Compiler, outer: Frame | None) -> Frame:
    """Return a frame for the rows of one more select."""
    return Frame(Select(compiler.statement), compiler.code, outer)
