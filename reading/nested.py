"""Compiles lists that hang on a row."""

from reading import connection, lists
from reading.compiler import Compiler, emits
from reading.selection import Selected
from reading.source import Many
from reading.spot import Spot


@emits(Many)
def nested(compiler: Compiler, spot: Spot, selected: Selected, source: Many) -> str:
    """Return the expression of a list or a connection below a row."""
    one, of = lists.listing(compiler, spot, selected, source)
    with compiler.costing(lists.cost_of(one)):
        if not lists.is_a_list(selected):
            return connection.nested(one, spot, of)
        rows, function = lists.whole(one)
        return function.call(spot.frame.cell(f"array({rows.sql(as_rows=True)})"))
