"""Gives a built schema its sources, and the resolvers that read a plan's values."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_argument_values,
)

from reading.global_id import taken_apart
from reading.run import UNREADABLE
from reading.selection import SOURCE
from reading.source import Source, Where
from vault.errors import SealBroken

Resolver = Callable[..., Any]


def adopt(
    schema: GraphQLSchema,
    source_of: Callable[[GraphQLField | GraphQLInputField], Source | Where | None],
    resolve_root: Resolver,
) -> None:
    """Attach sources and resolvers to all fields that have one.

    Args:
        source_of: Returns the source that a field was declared with, or None.
        resolve_root: The resolver of fields of the query root.
    """
    for of, fields in _types(schema):
        has_sources = False
        for field in fields.values():
            source = source_of(field)
            if source is None:
                continue
            field.extensions = {**field.extensions, SOURCE: source}
            has_sources = True
            if isinstance(field, GraphQLField):
                field.resolve = resolve_root if of is schema.query_type else resolve_planned
        if has_sources and isinstance(of, GraphQLObjectType):
            of.is_type_of = None  # a plan's objects are dicts
        if isinstance(of, GraphQLInterfaceType):
            of.resolve_type = _type_of_node


def resolve_planned(source: Mapping[str, Any], info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Return what the plan has read for this place of the response.

    Raises:
        SealBroken: The cell did not open.
    """
    value = source[str(info.path.key)]
    if value is UNREADABLE:
        raise SealBroken("A cell of this row does not open.")
    return value


def _type_of_node(_value: Any, info: GraphQLResolveInfo[Any], _of: Any) -> str:
    """Return the type of what ``node`` has found: its id says it."""
    field = info.parent_type.fields[info.field_name]
    given = get_argument_values(field, info.field_nodes[0], info.variable_values)
    return taken_apart(given["id"])[0]


def _types(schema: GraphQLSchema) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    of: Any
    for of in schema.type_map.values():
        has_fields = isinstance(
            of, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        )
        if has_fields and not of.name.startswith("__"):
            yield of, of.fields
