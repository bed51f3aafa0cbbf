"""Compiles the pages of a connection: sorted, cut beyond a cursor, and look-ups compared."""

from collections.abc import Callable
from typing import Any

from authz.action import Action
from reading import filters, lists, protected
from reading.lists import Listing
from reading.page import Paging, match_of
from reading.refused import ReadRefused
from reading.selection import default_of
from reading.shielded import text_opener
from reading.spot import Spot
from vault.field import Field
from vault.registry import FIELD_BY_NAME

ENDS = ("after", "before")


def paging_of(one: Listing) -> Paging:
    """Return how a connection is paged and sorted.

    Who may not sort by what the schema's default wants is given the fallback instead: pages say
    the default without knowing who looks at them.

    Raises:
        ReadRefused: The reader may not sort by what was asked for.
    """
    orders, source = one.source.orders, one.source
    name = f"{one.parent.noun.name if one.parent else 'Query'}.{one.selected.name}"
    if None in orders:
        return Paging(one.slot, name, "", orders[None], one.default_size())
    default = default_of(one.selected, "sort")
    asked: Any = one.arguments.get("sort") or default
    order = orders[asked]
    guarded = order.guarded
    if guarded and not one.compiler.reaches.covers(Action.CUSTOMER_FIELD_READ, guarded):
        if asked is not default:
            raise ReadRefused("NOT_ALLOWED_TO_FILTER")
        asked, order = source.fallback, orders[source.fallback]
    return Paging(one.slot, name, asked.name, order, one.default_size())


def limit(one: Listing, spot: Spot, paging: Paging, *, is_backward: bool) -> None:
    """Cut the select to the page and one row more, beyond its cursors."""
    select, order, statement = spot.frame.select, paging.order, one.compiler.statement
    select.order = lists.order_by(spot, order, is_backward=is_backward)
    select.limit = statement.argument(lambda run: paging.size(run) + 1)
    columns = [order.sql] if order.is_unique else [order.sql, order.tie]
    for end in ENDS:
        if one.arguments.get(end) is None:
            continue
        values = [
            f"{statement.argument(_opened(paging, end, place))}::{sql_type}"
            for place, sql_type in enumerate(paging.types, start=1)
        ]
        beyond = ">" if (end == "after") != order.descending else "<"
        left = ", ".join(spot.sql(column) for column in columns)
        select.where.append(f"({left}) {beyond} ({', '.join(values)})")


def _opened(paging: Paging, end: str, place: int) -> Callable[[Any], object]:
    return lambda run: paging.opened(run, end)[place]


def skip_chance_hits(one: Listing, spot: Spot) -> None:
    """Unseal what a blind index found, and leave out what is not the value looked for."""
    for path, where, _ in one.asked:
        if where.look_up is None or spot.customer is None:
            continue
        opened, is_match = _look_up_tools(one, path, FIELD_BY_NAME[where.look_up.field])
        key = spot.customer.key(spot.frame, protected.key_opener(one.compiler))
        cells = f"{spot.cell(where.look_up.column)}, {spot.cell('{t}.id')}, {key}"
        spot.frame.skips += [f"if not {is_match}({opened}({cells})):", "    continue"]


def _look_up_tools(one: Listing, path: str, sealed: Field) -> tuple[str, str]:
    slot, code = one.slot, one.compiler.code
    opened = code.tool(lambda run: text_opener(run, sealed))
    return opened, code.tool(lambda run: match_of(sealed, filters.at(run.arguments[slot], path)))
