"""What a plan depends on of an operation's variables."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql.execution.values import VariableValues

from reading.global_id import taken_apart
from reading.noun import NOUNS


def shape_of(variables: VariableValues) -> tuple[Any, ...]:
    """Return what a plan depends on of the variables: what is given, and what picks the SQL.

    Values of enums and booleans are in it, and the types that global ids name; numbers, texts
    and days are not.
    """
    return tuple((name, _shape(value)) for name, value in variables.coerced.items())


def _shape(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return tuple((name, _shape(one)) for name, one in value.items())
    if isinstance(value, list):
        return ("list", not value, *(_shape(one) for one in value if isinstance(one, Enum)))
    if isinstance(value, str):
        noun, _ = taken_apart(value)
        return noun if noun in NOUNS else "text"
    return type(value).__name__
