"""Compiles values that are Python objects: computed from columns, or given without any SQL."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from authz.action import Action
from reading.code import dictionary
from reading.compiler import Compiler, emits
from reading.refused import Irregular
from reading.selection import Selected
from reading.source import Attribute, Computed, Given
from reading.spot import Spot


@emits(Computed)
def computed(compiler: Compiler, spot: Spot, selected: Selected, source: Computed) -> str:
    """Return the expression of a field that is computed from columns of the row."""
    arguments = [spot.cell(column) for column in source.columns]
    if source.guarded:
        arguments.append(str(compiler.flag(spot, Action.CUSTOMER_FIELD_READ, source.guarded)))
    of = source.of
    made = compiler.code.tool(lambda run: lambda *values: of(run, *values))
    if not source.has_few_values:
        return shown(compiler, selected, f"{made}({', '.join(arguments)})")
    function = compiler.code.function(["o"], [f"return {shown(compiler, selected, f'{made}(o)')}"])
    remembered = compiler.code.constant(Remembered)
    name = compiler.code.local(f"{remembered}({function})")
    return f"{name}[{arguments[0]}]"


def given(compiler: Compiler, selected: Selected, source: Given) -> str:
    """Return the expression of a root field that needs no SQL."""
    return shown(compiler, selected, compiler.code.tool(source.of))


def shown(compiler: Compiler, selected: Selected, expression: str) -> str:
    """Return the expression that shows a Python value as the field's type wants it."""
    if selected.definition is None:
        raise Irregular
    of = get_named_type(selected.definition.type)
    if not isinstance(of, GraphQLObjectType):
        return _typed(
            compiler, selected.definition.type, expression, lambda o: compiler.leaf(selected, o)
        )
    fields = compiler.asked.below(selected, of)
    function = object_function(compiler, of, fields)
    return _typed(compiler, selected.definition.type, expression, lambda o: f"{function}({o})")


def object_function(compiler: Compiler, of: GraphQLObjectType, fields: list[Selected]) -> str:
    """Return the name of the function that shows a Python object."""
    entries = []
    for one in fields:
        if one.name == "__typename":
            entries.append((one.key, repr(of.name)))
        elif isinstance(one.source, Attribute):
            attribute = compiler.code.constant(one.source.of)
            entries.append((one.key, shown(compiler, one, f"{attribute}(o)")))
        else:
            raise Irregular
    return compiler.code.function(["o"], [f"return {dictionary(entries)}"])


class Remembered(dict[Any, Any]):
    """Results of a function of few values, computed once a response."""

    def __init__(self, of: Any) -> None:
        self._of = of

    def __missing__(self, value: Any) -> Any:
        result = self[value] = self._of(value)
        return result


def _typed(
    compiler: Compiler, of: GraphQLOutputType, expression: str, show: Callable[[str], str]
) -> str:
    if is_non_null_type(of):
        return _present(compiler, of.of_type, expression, show)
    present = _present(compiler, of, "o", show)
    if present == "o":
        return expression
    function = compiler.code.function(["o"], [f"return None if o is None else {present}"])
    return f"{function}({expression})"


def _present(
    compiler: Compiler, of: GraphQLOutputType, expression: str, show: Callable[[str], str]
) -> str:
    if is_list_type(of):
        return f"[{_typed(compiler, of.of_type, 'o', show)} for o in {expression}]"
    return show(expression)
