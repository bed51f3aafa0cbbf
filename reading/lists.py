"""Compiles lists of rows: whole lists, pages of connections, totals and counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_list_type, is_non_null_type

from reading import filters
from reading.compiler import Compiler, Cost, new_frame
from reading.noun import NOUNS, Noun
from reading.page import LIST_GUESS, page_size
from reading.refused import Irregular
from reading.selection import Selected, default_of
from reading.source import Many, Order
from reading.spot import CustomerPlace, Spot
from reading.statement import Getter, Select


@dataclass(eq=False)
class Listing:
    """A list field while it is compiled; `rows` can be asked for anew for totals and counts."""

    compiler: Compiler
    selected: Selected
    source: Many
    parent: Spot | None
    noun: Noun
    slot: int
    arguments: dict[str, Any]
    asked: list[tuple[str, Any, Any]] = field(default_factory=list)

    def rows(self, *, apart_from: str = "") -> Spot:
        """Return a new select of the rows that the filters find within reach."""
        compiler, noun = self.compiler, self.noun
        frame = new_frame(compiler, self.parent.frame if self.parent else None)
        table = compiler.statement.alias()
        spot = Spot(frame, noun, table, self._customer(frame, table))
        conditions = compiler.read_conditions(spot, is_same_customer=self._is_same_customer)
        if noun.inside:
            text = noun.table.replace("{reach}", " and ".join(conditions) or "true")
        else:
            text, frame.select.where = noun.table, conditions
        frame.select.tables.insert(0, f"{self._filled(text)} {table}")
        frame.select.where += [spot.sql(self._filled(one)) for one in self._links()]
        for path, where, value in self.asked:
            if path != apart_from:
                sql = filters.condition(compiler, self.slot, path, where, value)
                frame.select.where.append(spot.sql(sql))
        for path, sql in self.source.default_where.items():
            if not path or filters.at(self.arguments, path) is None:
                frame.select.where.append(spot.sql(sql))
        return spot

    def _links(self) -> list[str]:
        """Return what ties the rows to their parent."""
        links = [self.source.link] if self.source.link else []
        if self._is_same_customer and self.parent and "{t}" in self.noun.customer:
            links.append(f"{self.noun.customer} = {self.parent.sql(self.parent.noun.customer)}")
        return links

    @property
    def _is_same_customer(self) -> bool:
        return bool(self.parent and self.parent.customer and self.source.is_same_customer)

    def _customer(self, frame: Any, table: str) -> CustomerPlace | None:
        if self._is_same_customer and self.parent:
            return self.parent.customer
        if not self.noun.customer:
            return None
        own = self.noun.customer.replace("{t}", table)
        return CustomerPlace(frame, own, table if self.noun.name == "Customer" else "")

    def _filled(self, sql: str) -> str:
        if self.parent:
            sql = sql.replace("{p}", self.parent.table)
        for name, where in self.source.where.items():
            if where.value and f"{{args.{name}}}" in sql:
                getter = _argument(self.slot, name, where.value)
                argument = self.compiler.statement.named_argument(f"{self.slot} {name}", getter)
                sql = sql.replace(f"{{args.{name}}}", argument)
        return sql

    def default_size(self) -> int | None:
        """Return how many rows are given when nothing is said; None for a list given whole."""
        first: int | None = default_of(self.selected, "first")
        return first


def _argument(slot: int, name: str, value: Callable[[Any, Any], object]) -> Getter:
    return lambda run: value(run, run.arguments[slot].get(name))


def listing(
    compiler: Compiler, parent: Spot | None, selected: Selected, source: Many
) -> tuple[Listing, GraphQLObjectType]:
    """Return a list field ready to compile, and its object type (a connection or the noun's)."""
    of = get_named_type(selected.definition.type) if selected.definition else None
    if not isinstance(of, GraphQLObjectType):
        raise Irregular
    noun = NOUNS[of.name if is_a_list(selected) else of.name.removesuffix("Connection")]
    slot, arguments = compiler.slot(selected)
    asked = filters.filters_of(selected, source.where, arguments)
    return Listing(compiler, selected, source, parent, noun, slot, arguments, asked), of


def whole(one: Listing) -> tuple[Select, "RowsFunction"]:
    """Return the select of a list that is no connection, and the function over its rows."""
    spot = one.rows()
    select = spot.frame.select
    select.order = order_by(spot, one.source.orders[None], is_backward=False)
    default, slot = one.default_size(), one.slot
    if default is not None:
        select.limit = one.compiler.statement.argument(
            lambda run: page_size(run.arguments[slot], default)
        )
    _, fields = one.compiler.fields_of(one.selected)
    return select, rows_function(one.compiler, spot, one.compiler.object(spot, fields))


@dataclass(frozen=True, slots=True)
class RowsFunction:
    """A function over rows, and the variables that it takes besides."""

    name: str
    needs: tuple[str, ...]

    def call(self, rows: str, *more: str) -> str:
        """Return the expression of a call."""
        return f"{self.name}({', '.join([rows, *more, *self.needs])})"


def rows_function(
    compiler: Compiler, spot: Spot, expression: str, *parameters: str
) -> RowsFunction:
    """Return the function that makes one object of each row, and notes whose rows they are."""
    frame = spot.frame
    prologue = [*frame.prologue, *frame.skips]
    if spot.customer and spot.customer.frame is frame:
        seen = compiler.code.tool(lambda run: run.tally.customers)
        prologue.append(f"{seen}[{frame.cell(spot.customer.id)}] = None")
    needs = (*parameters, *(frame.key_name(one) for one in frame.passed))
    if prologue:
        loop = ["out = []", "for r in rows:", *(f"    {line}" for line in prologue)]
        body = [*loop, f"    out.append({expression})", "return out"]
    else:
        body = [f"return [{expression} for r in rows]"]
    return RowsFunction(compiler.code.function(["rows", *needs], body), needs)


def cost_of(one: Listing) -> Cost:
    """Return how many rows a list may give."""
    default, slot = one.default_size(), one.slot
    if default is None:
        return Cost(lambda _run: LIST_GUESS)
    return Cost(lambda run: page_size(run.arguments[slot], default))


def order_by(spot: Spot, order: Order, *, is_backward: bool) -> str:
    """Return what stands after ``order by``; ids go in the same direction as the sort."""
    direction = " desc" if order.descending != is_backward else ""
    parts = [order.sql] if order.is_unique else [order.sql, order.tie]
    return ", ".join(f"{spot.sql(part)}{direction}" for part in parts)


def is_a_list(selected: Selected) -> bool:
    """Tell whether a field gives rows as they are, not a connection."""
    of = selected.definition.type if selected.definition else None
    return is_list_type(of.of_type if is_non_null_type(of) else of)
