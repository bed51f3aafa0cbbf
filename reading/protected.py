"""Compiles protected values: which parts are asked for, clear or masked, constant or by row."""

from collections.abc import Callable

from graphql import GraphQLObjectType

from authz.action import Action
from reading import shielded
from reading.code import dictionary
from reading.compiler import Compiler, emits
from reading.refused import Irregular
from reading.selection import Selected
from reading.source import Amount, Part, Sealed
from reading.spot import Spot
from vault.registry import FIELD_BY_NAME

REVEAL, NEEDS_GRANT = "REVEAL", "NEEDS_GRANT"


@emits(Sealed)
def sealed(compiler: Compiler, spot: Spot, selected: Selected, source: Sealed) -> str:
    """Return the expression of a ``Protected``."""
    of, fields = compiler.fields_of(selected)
    is_clear = compiler.flag(spot, Action.CUSTOMER_FIELD_READ, source.field)
    return _either(
        is_clear, lambda clear: _protected(compiler, spot, of, fields, source, is_clear=clear)
    )


@emits(Amount)
def amount(compiler: Compiler, spot: Spot, selected: Selected, source: Amount) -> str:
    """Return the expression of a ``ProtectedAmount`` of a row."""
    is_clear = compiler.flag(spot, Action.CUSTOMER_FIELD_READ, source.field)
    return _either(
        is_clear,
        lambda clear: protected_amount(
            compiler, selected, spot.cell(source.sql), source.field, is_clear=clear
        ),
    )


def protected_amount(
    compiler: Compiler, selected: Selected, cell: str, name: str, *, is_clear: bool
) -> str:
    """Return the expression of a ``ProtectedAmount`` whose value is *cell*."""
    of, fields = compiler.fields_of(selected)
    field = FIELD_BY_NAME[name]
    is_fen_shown = is_clear and any(_part(one) == "fen" for one in fields)
    entries = []
    for one in fields:
        match _part(one):
            case "fen" if is_clear:
                shown = compiler.code.tool(lambda run: shielded.fen_shower(run, field))
                value = f"{shown}({cell})"
            case "range":
                shown = compiler.code.tool(
                    lambda run: shielded.range_shower(run, field, is_counted=not is_fen_shown)
                )
                value = f"{shown}({cell})"
            case "isMasked":
                value = repr(not is_clear)
            case "__typename":
                value = repr(of.name)
            case _:
                value = "None"
        entries.append((one.key, value))
    return dictionary(entries)


def _protected(
    compiler: Compiler,
    spot: Spot,
    of: GraphQLObjectType,
    fields: list[Selected],
    source: Sealed,
    *,
    is_clear: bool,
) -> str:
    entries = []
    for one in fields:
        match _part(one):
            case "text":
                value = shown_text(compiler, spot, source, is_clear=is_clear)
            case "isMasked":
                value = repr(not is_clear)
            case "canReveal":
                value = str(compiler.flag(spot, Action.CUSTOMER_FIELD_REVEAL, source.field))
            case "lock":
                value = "None" if is_clear else _lock(compiler, spot, one, source.field)
            case "__typename":
                value = repr(of.name)
            case _:
                raise Irregular
        entries.append((one.key, value))
    return dictionary(entries)


def shown_text(compiler: Compiler, spot: Spot, source: Sealed, *, is_clear: bool) -> str:
    """Return the expression that opens a sealed cell and shows it."""
    if spot.customer is None:
        raise LookupError(f"{spot.noun.name} has sealed text but no customer.")
    field = FIELD_BY_NAME[source.field]
    opener = key_opener(compiler)
    key = spot.customer.key(spot.frame, opener)
    shown = compiler.code.tool(lambda run: shielded.text_shower(run, field, is_clear=is_clear))
    return f"{shown}({spot.cell(source.column)}, {spot.cell('{t}.id')}, {key})"


def key_opener(compiler: Compiler) -> str:
    """Return the name of what opens customers' keys."""
    return compiler.shared("key opener", lambda: compiler.code.tool(shielded.key_opener))


def _lock(compiler: Compiler, spot: Spot, selected: Selected, name: str) -> str:
    of, fields = compiler.fields_of(selected)
    can_reveal = compiler.flag(spot, Action.CUSTOMER_FIELD_REVEAL, name)
    entries = []
    for one in fields:
        match _part(one):
            case "code":
                value = _one_of(can_reveal, repr(REVEAL), repr(NEEDS_GRANT))
            case "policy":
                line = compiler.code.tool(
                    lambda run: run.actor.permissions.because(Action.CUSTOMER_FIELD_REVEAL, name)
                )
                value = _one_of(can_reveal, line, "None")
            case "__typename":
                value = repr(of.name)
            case _:
                raise Irregular
        entries.append((one.key, value))
    return dictionary(entries)


def _either(flag: bool | str, of: Callable[[bool], str]) -> str:
    if isinstance(flag, bool):
        return of(flag)
    return f"({of(True)} if {flag} else {of(False)})"


def _one_of(flag: bool | str, yes: str, no: str) -> str:
    return _either(flag, lambda is_yes: yes if is_yes else no)


def _part(selected: Selected) -> str:
    if selected.name == "__typename":
        return selected.name
    return selected.source.name if isinstance(selected.source, Part) else ""
