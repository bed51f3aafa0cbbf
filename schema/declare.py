"""How a noun declares its type and, beside each field, where the field comes from."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar, dataclass_transform

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from authz.action import Action
from reading.noun import NOUNS, Noun, Place
from reading.source import (
    Amount,
    Attribute,
    Column,
    Computed,
    Counted,
    Given,
    Identity,
    Many,
    One,
    Part,
    Sealed,
    Source,
    ToOne,
    Total,
    Where,
)

SOURCE = "source"  # key in the metadata of fields and input fields
T = TypeVar("T")


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def shown(cls: type[T]) -> type[T]:
    """Make *cls* a GraphQL type that is described by its docstring."""
    return strawberry.type(cls, description=_described(cls))


def read_from(
    table: str, *reads: tuple[Action, Place], customer: str = "", inside: bool = False
) -> Callable[[type[T]], type[T]]:
    """Make a class a GraphQL type whose objects are rows of *table* (see `Noun`)."""

    def declare(cls: type[T]) -> type[T]:
        NOUNS[cls.__name__] = Noun(cls.__name__, table, reads, customer, inside)
        return shown(cls)

    return declare


def filtering(cls: type[T]) -> type[T]:
    """Make *cls* a GraphQL input that is described by its docstring."""
    return strawberry.input(cls, description=_described(cls))


def name_enum(cls: type[Enum], description: str, values: Mapping[str, str], name: str = "") -> None:
    """Give an enum of the domain its GraphQL name, and a description to each of its values.

    Args:
        values: Member -> description; members that are left out are not shown.
    """
    strawberry.enum(cls, name=name or cls.__name__, description=description)
    definition = cls.__strawberry_definition__  # type: ignore[attr-defined]  # put there just now
    definition.values = [one for one in definition.values if one.name in values]
    for one in definition.values:
        one.description = values[one.name]


def planned(source: Source, description: str, arguments: Sequence[StrawberryArgument] = ()) -> Any:
    """Return a field that is read from *source*; typed Any, as Strawberry's own fields are."""
    field = StrawberryField(
        python_name=None, description=description, metadata={SOURCE: source}, graphql_name=None
    )
    field.arguments = list(arguments)
    return field


def argument(
    name: str, annotation: object, description: str, default: object = strawberry.UNSET
) -> StrawberryArgument:
    """Return an argument of a planned field; *name* in Python's spelling."""
    return StrawberryArgument(
        name, None, StrawberryAnnotation(annotation), description=description, default=default
    )


def column(sql: str, description: str) -> Any:
    """Return a field that shows a column of the row (or an expression, with {t})."""
    return planned(Column(sql if "{" in sql else f"{{t}}.{sql}"), description)


def identity(*columns: str, description: str = "Global id.") -> Any:
    """Return the id field."""
    return planned(Identity(columns) if columns else Identity(), description)


def sealed(field: str, description: str, column: str = "") -> Any:
    """Return a field that shows sealed text, *field* of the registry."""
    return planned(Sealed(field, f"{{t}}.{column or field + '_sealed'}"), description)


def amount(sql: str, description: str) -> Any:
    """Return a field that shows a protected amount."""
    return planned(Amount(sql if "{" in sql else f"{{t}}.{sql}"), description)


def computed(
    of: Callable[..., object],
    *columns: str,
    description: str,
    guarded: str | None = None,
    has_few_values: bool = False,
) -> Any:
    """Return a field that is computed from columns."""
    sql = tuple(one if "{" in one else f"{{t}}.{one}" for one in columns)
    return planned(Computed(sql, of, guarded, has_few_values), description)


def attribute(of: Callable[[Any], object], description: str) -> Any:
    """Return a field of a computed object."""
    return planned(Attribute(of), description)


def part(name: str, description: str) -> Any:
    """Return a field of a protected value, a connection, an edge or a page."""
    return planned(Part(name), description)


def aggregate(sql: str, description: str, guarded: str | None = None) -> Any:
    """Return a connection's aggregate."""
    return planned(Total(sql, guarded), description)


def counted(group: str, description: str, *, apart_from: str) -> Any:
    """Return a connection's counts by group."""
    return planned(Counted(group, apart_from), description)


def to_one(key: str, description: str) -> Any:
    """Return a relation that the other noun's reach decides on."""
    return planned(ToOne(f"{{t}}.{key}"), description)


def names(key: str, description: str) -> Any:
    """Return a relation to a unit or staff that is shown wherever the row is."""
    return planned(ToOne(f"{{t}}.{key}", is_named=True), description)


def many(source: Many, description: str, *arguments: StrawberryArgument) -> Any:
    """Return a list or a connection of rows."""
    return planned(source, description, arguments)


def one(source: One, description: str, *arguments: StrawberryArgument) -> Any:
    """Return the one row that the arguments name."""
    return planned(source, description, arguments)


def given(of: Callable[..., object], description: str, *, is_open: bool = False) -> Any:
    """Return a root field that needs no SQL."""
    return planned(Given(of, is_open), description)


def where(sql: str, description: str, default: object = strawberry.UNSET, **more: Any) -> Any:
    """Return an input field that filters (see `Where`)."""
    field = strawberry.field(
        description=description, default=default, metadata={SOURCE: Where(sql, **more)}
    )
    return field


def _described(cls: type) -> str:
    if not cls.__doc__:
        raise ValueError(f"{cls.__name__} has no docstring to describe it with.")
    return " ".join(cls.__doc__.split())
