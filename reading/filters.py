"""Compiles the filters of a list: those of single arguments and those of the input ``filter``."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from authz.action import Action
from reading.compiler import Compiler
from reading.refused import ReadRefused
from reading.run import Run
from reading.selection import SOURCE, Selected
from reading.source import Sealed, Where
from reading.statement import Getter
from vault.registry import FIELD_BY_NAME

FILTER = "filter"


def filters_of(
    selected: Selected, own: Mapping[str, Where], arguments: Mapping[str, Any]
) -> list[tuple[str, Where, Any]]:
    """Return the filters that are asked for: path of the argument, declaration, present value."""
    asked = [(name, one, arguments[name]) for name, one in own.items() if name in arguments]
    given = arguments.get(FILTER)
    if given and selected.definition:
        of = get_named_type(selected.definition.args[FILTER].type)
        if isinstance(of, GraphQLInputObjectType):
            asked += [
                (f"{FILTER}.{name}", of.fields[name].extensions[SOURCE], value)
                for name, value in given.items()
            ]
    return [(path, one, value) for path, one, value in asked if one.sql and value is not None]


def condition(compiler: Compiler, slot: int, path: str, where: Where, value: Any) -> str:
    """Return a filter's SQL over {t}.

    Raises:
        ReadRefused: The reader may not filter by this.
    """
    ensure_allowed(compiler, where)
    if where.otherwise:
        sql = where.sql if value else where.otherwise
    elif where.is_literal:
        sql = where.sql.replace("{v}", _literal(value)) if value != [] else "false"
    else:
        name = f"{slot} {path}"  # a page and its total share it: a look-up is counted once
        argument = compiler.statement.named_argument(name, _getter(slot, path, where))
        sql = where.sql.replace("{v}", argument)
    return sql.replace("{today}", compiler.today()) if "{today}" in sql else sql


def ensure_allowed(compiler: Compiler, where: Where) -> None:
    """Refuse a filter that would tell what the reader may not see on every row.

    Raises:
        ReadRefused: The reader may not filter by this.
    """
    look_up, guarded = where.look_up, where.guarded
    if look_up and not compiler.reaches.covers(Action.CUSTOMER_FIELD_LOOK_UP, look_up.field):
        raise ReadRefused("NOT_ALLOWED_TO_FILTER")
    if guarded and not compiler.reaches.covers(Action.CUSTOMER_FIELD_READ, guarded):
        raise ReadRefused("NOT_ALLOWED_TO_FILTER")


def at(arguments: Mapping[str, Any], path: str) -> Any:
    """Return the value at a path like ``filter.unit``; None where nothing is."""
    value: Any = arguments
    for name in path.split("."):
        value = None if value is None else value.get(name)
    return value


def _getter(slot: int, path: str, where: Where) -> Getter:
    if where.look_up:
        return _look_up(slot, path, where.look_up)

    def value(run: Run) -> object:
        given = at(run.arguments[slot], path)
        return where.value(run, given) if where.value else plain(given)

    return value


def _look_up(slot: int, path: str, sealed: Sealed) -> Getter:
    field = FIELD_BY_NAME[sealed.field]

    def value(run: Run) -> object:
        run.tally.look_up()
        return run.house.vault.blind_indexes(field, at(run.arguments[slot], path))

    return value


def plain(value: Any) -> Any:
    """Return a coerced value as the database takes it."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _literal(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, Enum) and str(one.value).isidentifier() for one in values):
        raise LookupError("Only values of an enum are written into a statement.")
    return ", ".join(f"'{one.value}'" for one in values)
