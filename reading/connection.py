"""Compiles connections: a page of rows with its cursors, totals and counts, by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType

from authz.action import Action
from reading import filters, keyset, lists, objects, protected
from reading.code import dictionary
from reading.lists import Listing, RowsFunction
from reading.page import Paging
from reading.refused import Irregular
from reading.selection import Selected
from reading.source import Counted, Order, Part, Total
from reading.spot import Spot
from reading.statement import Select

PARENT = "p"  # the variable of the parent's id


@dataclass(eq=False)
class Connection:
    """A connection while it is compiled.

    Args:
        scalars: SQL of totals and counts, each one column beside the page.
    """

    one: Listing
    page: Spot | None = None
    paging: Paging | None = None
    scalars: list[str] = field(default_factory=list)
    function: RowsFunction | None = None

    @property
    def is_backward(self) -> bool:
        """Whether the page is asked for from the end."""
        return self.one.arguments.get("last") is not None

    def scalar(self, sql: str) -> str:
        """Return the variable of one more value beside the page."""
        if sql not in self.scalars:
            self.scalars.append(sql)
        return f"s{self.scalars.index(sql)}"

    def rows(self) -> tuple[Spot, Paging]:
        """Return the page's select, made the first time it is asked for."""
        if self.page is None or self.paging is None:
            self.page = self.one.rows()
            self.paging = keyset.paging_of(self.one)
            keyset.limit(self.one, self.page, self.paging, is_backward=self.is_backward)
            keyset.skip_chance_hits(self.one, self.page)
        return self.page, self.paging


def nested(one: Listing, spot: Spot, of: GraphQLObjectType) -> str:
    """Return the expression of a connection that hangs on a row."""
    built = build(one, of)
    page = built.page.frame.select.sql(as_rows=True) if built.page else ""
    rows = spot.frame.cell(f"array({page})") if page else "()"
    scalars = [spot.frame.cell(sql) for sql in built.scalars]
    return _called(built, rows, *scalars, spot.cell("{t}.id"))


def at_root(one: Listing, of: GraphQLObjectType) -> tuple[str, str]:
    """Return the statement of a connection at the root, and the expression over its rows.

    Totals and counts stand in every row of the page; where the page is empty they have a row of
    their own, which has null for the page's marker.
    """
    built = build(one, of)
    scalars = f"select {', '.join(built.scalars)}"
    if built.page is None:
        if not built.scalars:
            return "", _called(built, "()", "None")
        return scalars, _called(built, "()", "*rows[0]", "None")
    page = built.page.frame.select
    if not built.scalars:
        return page.sql(), _called(built, "rows", "None")
    marker, width = page.column("true"), len(page.columns)

    def split(rows: Sequence[Any]) -> tuple[Any, ...]:
        return (rows if rows[0][marker] else (), *tuple(rows[0])[width:])

    text = f"select p.*, s.* from ({scalars}) s left join lateral ({page.sql()}) p on true"
    return text, _called(built, f"*{one.compiler.code.constant(split)}(rows)", "None")


def build(one: Listing, of: GraphQLObjectType) -> Connection:
    """Compile what is selected of a connection to one function over the page's rows."""
    built = Connection(one)
    entries = []
    for selected in one.compiler.asked.below(one.selected, of):
        entries.append((selected.key, _value(built, of, selected)))
    body = []
    if built.page and built.paging:
        paging, is_backward = built.paging, built.is_backward
        if one.parent and any(one.arguments.get(end) is not None for end in keyset.ENDS):
            body.append(f"{one.compiler.code.tool(paging.parent_check)}({PARENT})")
        pager = one.compiler.code.tool(lambda run: paging.pager(run, is_backward=is_backward))
        body.append(f"rows, more = {pager}(rows)")
        keys = tuple(built.page.frame.key_name(c) for c in built.page.frame.passed)
    else:
        keys = ()
    scalars = [f"s{n}" for n in range(len(built.scalars))]
    name = one.compiler.code.function(
        ["rows", *scalars, PARENT, *keys], [*body, f"return {dictionary(entries)}"]
    )
    built.function = RowsFunction(name, keys)
    return built


def _value(built: Connection, of: GraphQLObjectType, selected: Selected) -> str:
    compiler = built.one.compiler
    match selected.source:
        case Part("nodes"):
            spot, _ = built.rows()
            _, fields = compiler.fields_of(selected)
            return lists.rows_function(compiler, spot, compiler.object(spot, fields)).call("rows")
        case Part("edges"):
            return _edges(built, selected)
        case Part("pageInfo"):
            return _page_info(built, selected)
        case Total() as total:
            return _total(built, selected, total)
        case Counted(group, apart_from):
            return _counts(built, selected, group, apart_from)
        case _ if selected.name == "__typename":
            return repr(of.name)
        case _:
            raise Irregular


def _edges(built: Connection, selected: Selected) -> str:
    compiler = built.one.compiler
    spot, paging = built.rows()
    of, fields = compiler.fields_of(selected)
    entries = []
    for one in fields:
        match one.source:
            case Part("cursor"):
                entries.append((one.key, _cursor(built, spot, paging)))
            case Part("node"):
                _, below = compiler.fields_of(one)
                entries.append((one.key, compiler.object(spot, below)))
            case _ if one.name == "__typename":
                entries.append((one.key, repr(of.name)))
            case _:
                raise Irregular
    return lists.rows_function(compiler, spot, dictionary(entries), PARENT).call("rows")


def _cursor(built: Connection, spot: Spot, paging: Paging) -> str:
    """Return the expression of the cursor of row ``r``."""
    order: Order = paging.order
    cells = [spot.cell(order.sql)] + ([] if order.is_unique else [spot.cell(order.tie)])
    marker = built.one.compiler.code.tool(paging.marker)
    return f"{marker}({', '.join([PARENT, *cells])})"


def _page_info(built: Connection, selected: Selected) -> str:
    compiler, arguments = built.one.compiler, built.one.arguments
    spot, paging = built.rows()
    of, fields = compiler.fields_of(selected)
    entries = []
    for one in fields:
        part = one.source.name if isinstance(one.source, Part) else one.name
        match part:
            case "hasNextPage":
                value = repr(arguments.get("before") is not None) if built.is_backward else "more"
            case "hasPreviousPage":
                value = "more" if built.is_backward else repr(arguments.get("after") is not None)
            case "startCursor" | "endCursor":
                function = compiler.code.function(
                    ["r", PARENT], [f"return {_cursor(built, spot, paging)}"]
                )
                end = "0" if part == "startCursor" else "-1"
                value = f"({function}(rows[{end}], {PARENT}) if rows else None)"
            case "__typename":
                value = repr(of.name)
            case _:
                raise Irregular
        entries.append((one.key, value))
    return dictionary(entries)


def _total(built: Connection, selected: Selected, total: Total) -> str:
    compiler = built.one.compiler
    if total.guarded and not compiler.reaches.covers(Action.CUSTOMER_FIELD_READ, total.guarded):
        return protected.protected_amount(compiler, selected, "None", total.guarded, is_clear=False)
    spot = built.one.rows()
    spot.frame.select.column(spot.sql(total.sql))
    value = built.scalar(f"({spot.frame.select.sql()})")
    if not total.guarded:
        return value
    return protected.protected_amount(compiler, selected, value, total.guarded, is_clear=True)


def _counts(built: Connection, selected: Selected, group: str, apart_from: str) -> str:
    compiler = built.one.compiler
    spot = built.one.rows(apart_from=f"{filters.FILTER}.{apart_from}")
    select: Select = spot.frame.select
    sql = spot.sql(group).replace("{today}", compiler.today())
    select.column(sql)
    select.column("count(*)")
    select.group, select.order = sql, sql
    value = built.scalar(f"array({select.sql(as_rows=True)})")
    return objects.shown(compiler, selected, value)


def _called(built: Connection, rows: str, *more: str) -> str:
    if built.function is None:
        raise LookupError("The connection is not built.")
    return built.function.call(rows, *more)
