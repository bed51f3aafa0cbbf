"""The vocabulary in which a noun says where its fields come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# SQL in these declarations names things by placeholders:
#   {t} the row's own table    {p} the parent's    {v} the filter's value
#   {today} the bureau's date  {reach} who may see the row
# and {args.NAME} an argument of the field. Everything else is plain SQL.


@dataclass(frozen=True, slots=True)
class Column:
    """An SQL expression over the row, shown as it is."""

    sql: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The global id: base64url of ``Type:key``, with the parts of the key joined by colons."""

    columns: tuple[str, ...] = ("{t}.id",)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed text, shown as a ``Protected``.

    Args:
        field: Name in `vault.registry`, and of the policy lines.
        column: SQL of the envelope.
    """

    field: str
    column: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen, shown as a ``ProtectedAmount`` by the policy lines of *field*."""

    sql: str
    field: str = "amounts"


@dataclass(frozen=True, slots=True)
class Computed:
    """A pure function of columns; an object's fields are then `Attribute`.

    Args:
        of: Gets the run (for the rule book and today's date), then the columns' values. With
            *guarded*, it gets after them whether the reader may see that field of this row.
        guarded: Policy field that the result would tell something about.
        has_few_values: The one column has few values, so results are remembered in a response.
    """

    columns: tuple[str, ...]
    of: Callable[..., object]
    guarded: str | None = None
    has_few_values: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the Python object that `Computed` or `Given` returned."""

    of: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Given:
    """A root field that needs no SQL: a function of the run.

    Args:
        is_open: Also for those who have not signed in.
    """

    of: Callable[..., object]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a ``Protected``, an amount, a connection, an edge or a page: known by *name*."""

    name: str


@dataclass(frozen=True, slots=True)
class Total:
    """An aggregate over a connection's filtered rows within reach, like ``count(*)``.

    Args:
        guarded: Policy field that must be readable on every row, else the value is masked.
    """

    sql: str
    guarded: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by group over a connection's rows within reach.

    Args:
        group: SQL of the group.
        apart_from: The filter by this group, which the counts pass over.
    """

    group: str
    apart_from: str


@dataclass(frozen=True, slots=True)
class ToOne:
    """The record whose id is *key*.

    Args:
        key: SQL over the row.
        is_named: Whoever sees the row sees whom it names: units and staff. Otherwise the
            other noun's own reach decides, and out of reach is null.
    """

    key: str
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by; ids break ties, and all goes in one direction.

    Args:
        sql: A not-null expression over the row that an index serves.
        type: Its SQL type, to cast a cursor's value.
        descending: The direction, of the ids too.
        is_unique: No ties, so ids are not needed.
        guarded: Policy field that must be readable on every row.
    """

    sql: str
    type: str
    descending: bool = False
    is_unique: bool = False
    guarded: str | None = None
    tie: str = "{t}.id"


@dataclass(frozen=True, slots=True)
class Where:
    """One filter.

    Args:
        sql: Condition over {t} and {v}.
        otherwise: Condition for ``false``, of a filter by a boolean, which takes no {v}.
        value: Turns the run and the coerced value into the statement's argument.
        is_literal: Values of an enum are written into the SQL, so that partial indexes serve.
        guarded: Policy field that must be readable on every row.
        look_up: Sealed field that is looked up by its blind index; the hit is compared.
    """

    sql: str
    otherwise: str = ""
    value: Callable[[Any, Any], object] | None = None
    is_literal: bool = False
    guarded: str | None = None
    look_up: "Sealed | None" = None


@dataclass(frozen=True, slots=True)
class Many:
    """Rows of another noun.

    Args:
        link: Condition over {t} and {p}; '' where there is none, or the customer is all of it.
        orders: By the value of the argument ``sort``; one entry under None without it.
        fallback: The order of a reader who may not sort as the argument's default wants.
        where: Filters by single arguments; those of the argument ``filter`` are declared
            on its input fields.
        default_where: Argument or filter -> condition that holds while it is not given.
        is_same_customer: The rows are of the parent's customer, whose reach is not asked again.
    """

    link: str = ""
    orders: Mapping[Any, Order] = field(default_factory=dict)
    where: Mapping[str, Where] = field(default_factory=dict)
    default_where: Mapping[str, str] = field(default_factory=dict)
    is_same_customer: bool = False
    fallback: Any = None


@dataclass(frozen=True, slots=True)
class One:
    """The one row that a condition over {t} and the arguments names; null if none is in reach."""

    where: Mapping[str, Where]
    condition: str = "true"


@dataclass(frozen=True, slots=True)
class ById:
    """The row of whatever type a global id names."""


Source = (
    Column
    | Identity
    | Sealed
    | Amount
    | Computed
    | Attribute
    | Given
    | Part
    | Total
    | Counted
    | ToOne
    | Many
    | One
    | ById
)
