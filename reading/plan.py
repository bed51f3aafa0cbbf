"""Plans of root fields: compiled once for a selection and a reader's shape, kept, and run."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import asyncpg
from graphql import (
    FieldNode,
    GraphQLObjectType,
    get_argument_values,
)
from graphql.execution.values import VariableValues

from authz.action import Action
from reading import connection, filters, lists, nested, objects, protected, relation
from reading.code import Builder
from reading.compiler import Compiler, Cost, Slot, new_frame
from reading.global_id import taken_apart, uuid_in
from reading.noun import NOUNS, Noun
from reading.reach import NOBODY, Reaches
from reading.refused import Irregular, ReadRefused
from reading.run import Run
from reading.selection import Asked, Selected
from reading.shape import shape_of
from reading.source import ById, Given, Many, One
from reading.spot import CustomerPlace, Spot
from reading.statement import Getter

PLANS_KEPT = 1024
KINDS = (nested, objects, protected, relation)  # imported for the emitters that they add
NODE = "Node"


@dataclass(frozen=True, eq=False)
class Plan:
    """How one root field is read.

    Args:
        sql: The one statement; '' where none is needed.
        getters: Its arguments, as functions of the run.
        build: From the rows to the value in the response.
        actions: The reads that policy was asked for, the field's own first.
        nodes: The field's places in the document, kept so that their identity is not used again.
    """

    sql: str
    getters: Sequence[Getter]
    slots: Sequence[Slot]
    costs: Sequence[Cost]
    build: Builder
    actions: tuple[Action, ...]
    nodes: tuple[FieldNode, ...] = ()

    def arguments(self, variables: VariableValues) -> list[Mapping[str, Any]]:
        """Return the coerced arguments of each slot."""
        return [
            get_argument_values(slot.definition, slot.node, variables)
            if slot.constant is None
            else slot.constant
            for slot in self.slots
        ]

    def bound(self, run: Run) -> list[object]:
        """Return the statement's arguments, and count what the plan may cost.

        Raises:
            ReadRefused: A cursor, a page size or the cost is out of bounds.
        """
        run.tally.spend(sum(cost.total(run) for cost in self.costs))
        for action in self.actions:
            if action in REMEMBERED:
                run.tally.actions[action] = None
        return [getter(run) for getter in self.getters]

    async def read(self, database_connection: asyncpg.Connection, run: Run) -> Any:
        """Run the statement and return the value of the field."""
        bound = self.bound(run)
        rows = await database_connection.fetch(self.sql, *bound) if self.sql else ()
        return self.build(rows, run)


REMEMBERED = frozenset(
    {Action.AUDIT_ENTRY_READ, Action.CUSTOMER_READ, Action.OBLIGATION_READ, Action.RATING_READ}
)
"""Reads that the trail remembers: of customers, and of the trail itself."""


class Plans:
    """Plans by selection, shape of the variables and shape of the reader; the oldest go first."""

    def __init__(self, kept: int = PLANS_KEPT) -> None:
        self._kept = kept
        self._plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
        self.compiled = 0  # how many were compiled: tests and gauges read it

    def __len__(self) -> int:
        return len(self._plans)

    def plan(
        self,
        asked: Asked,
        reaches: Reaches | None,
        selected: Selected,
        records: tuple[str, bool] | None = None,
    ) -> Plan:
        """Return the plan of a root field, or of records in a payload's field.

        Args:
            records: Their noun, and whether the payload names them (see `ToOne`).

        Raises:
            Irregular: The field is none that the plan knows.
            ReadRefused: The reader has not signed in, or may not filter or sort as asked.
            GraphQLError: Its arguments cannot be coerced.
        """
        source = selected.source
        if reaches is None and not (isinstance(source, Given) and source.is_open):
            raise ReadRefused("UNAUTHENTICATED")
        of_reader = reaches.shape if reaches else ""
        key = (*map(id, selected.nodes), shape_of(asked.variables), of_reader, records)
        plan = self._plans.get(key)
        if plan is None:
            compiler = Compiler(asked, reaches or NOBODY)
            made = (
                compiled_records(compiler, selected, *records)
                if records
                else compiled(compiler, selected)
            )
            plan = self._plans[key] = replace(made, nodes=selected.nodes)
            self.compiled += 1
            if len(self._plans) > self._kept:
                self._plans.popitem(last=False)
        else:
            self._plans.move_to_end(key)
        return plan


def compiled(compiler: Compiler, selected: Selected) -> Plan:
    """Return the plan of a root field."""
    match selected.source:
        case Given() as given:
            sql, result = "", objects.given(compiler, selected, given)
        case Many() as many:
            sql, result = _many(compiler, selected, many)
        case One() as one:
            sql, result = _one(compiler, selected, one)
        case ById():
            sql, result = _by_id(compiler, selected)
        case _:
            raise Irregular
    return _plan(compiler, sql, result)


def compiled_records(
    compiler: Compiler, selected: Selected, name: str, is_named: bool = False
) -> Plan:
    """Return the plan of the records whose ids the run brings: id -> object, for a payload."""
    _, fields = compiler.fields_of(selected)
    argument = compiler.statement.argument(lambda run: run.ids)
    spot = _spot(compiler, NOUNS[name], [f"{{t}}.id = any({argument}::uuid[])"], is_named)
    function = lists.rows_function(compiler, spot, compiler.object(spot, fields))
    place = spot.frame.select.column(spot.sql("{t}.id"))
    ids = compiler.code.constant(lambda rows: [row[place] for row in rows])
    return _plan(
        compiler, spot.frame.select.sql(), f"dict(zip({ids}(rows), {function.call('rows')}))"
    )


def _plan(compiler: Compiler, sql: str, result: str) -> Plan:
    return Plan(
        sql=sql,
        getters=compiler.statement.getters,
        slots=compiler.slots,
        costs=compiler.costs,
        build=compiler.code.compiled(result),
        actions=tuple(compiler.actions),
    )


def _many(compiler: Compiler, selected: Selected, source: Many) -> tuple[str, str]:
    one, of = lists.listing(compiler, None, selected, source)
    with compiler.costing(lists.cost_of(one)):
        if not lists.is_a_list(selected):
            return connection.at_root(one, of)
        select, function = lists.whole(one)
        return select.sql(), function.call("rows")


def _one(compiler: Compiler, selected: Selected, source: One) -> tuple[str, str]:
    of, fields = compiler.fields_of(selected)
    slot, arguments = compiler.slot(selected)
    asked = filters.filters_of(selected, source.where, arguments)
    conditions = [source.condition] + [
        filters.condition(compiler, slot, path, where, value) for path, where, value in asked
    ]
    return _row(compiler, NOUNS[of.name], fields, conditions)


def _by_id(compiler: Compiler, selected: Selected) -> tuple[str, str]:
    slot, arguments = compiler.slot(selected)
    name, _ = taken_apart(arguments["id"])
    of = compiler.asked.schema.get_type(name)
    if not isinstance(of, GraphQLObjectType) or all(i.name != NODE for i in of.interfaces):
        return "", "None"
    fields = compiler.asked.below(selected, of)
    noun = NOUNS[name]
    argument = compiler.statement.argument(lambda run: uuid_in(name, run.arguments[slot]["id"]))
    return _row(compiler, noun, fields, [f"{{t}}.id = {argument}"])


def _row(
    compiler: Compiler, noun: Noun, fields: list[Selected], conditions: list[str]
) -> tuple[str, str]:
    """Return statement and expression of the one row that *conditions* name."""
    spot = _spot(compiler, noun, conditions)
    function = lists.rows_function(compiler, spot, compiler.object(spot, fields))
    spot.frame.select.limit = "1"
    return spot.frame.select.sql(), f"({function.call('rows')} or (None,))[0]"


def _spot(compiler: Compiler, noun: Noun, conditions: list[str], is_named: bool = False) -> Spot:
    """Return the outermost select of the rows within reach that *conditions* name."""
    frame = new_frame(compiler, None)
    table = compiler.statement.alias()
    frame.select.tables.append(f"{noun.table} {table}")
    own = noun.customer.replace("{t}", table)
    customer = CustomerPlace(frame, own, table if noun.name == "Customer" else "") if own else None
    spot = Spot(frame, noun, table, customer)
    frame.select.where = [spot.sql(one) for one in conditions]
    if not is_named or customer:
        frame.select.where += compiler.read_conditions(spot, is_same_customer=False)
    return spot
