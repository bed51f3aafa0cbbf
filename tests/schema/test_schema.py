"""What the schema promises, checked over all of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_leaf_type,
    is_non_null_type,
    is_specified_scalar_type,
)

from authz.action import Action
from reading.noun import NOUNS
from reading.selection import SOURCE
from reading.source import Column, Many
from schema.print_schema import COMMITTED, printed
from schema.root import schema
from store.database import Database

SCHEMA = schema._schema
FIELDS_OF = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


def _ours() -> Iterator[Any]:
    for name, of in SCHEMA.type_map.items():
        if not name.startswith("__") and not is_specified_scalar_type(of):
            yield of


def test_the_committed_schema_is_what_the_code_says() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == printed()


def test_everything_has_a_description() -> None:
    bare = [of.name for of in _ours() if not of.description]
    for of in _ours():
        if isinstance(of, FIELDS_OF):
            bare += [f"{of.name}.{n}" for n, field in of.fields.items() if not field.description]
        if isinstance(of, GraphQLObjectType):
            for name, field in of.fields.items():
                bare += [
                    f"{of.name}.{name}({n})" for n, a in field.args.items() if not a.description
                ]
        if isinstance(of, GraphQLEnumType):
            bare += [f"{of.name}.{n}" for n, value in of.values.items() if not value.description]

    assert not bare


def test_every_description_is_a_sentence() -> None:
    for of in _ours():
        for field in getattr(of, "fields", {}).values():
            assert field.description[-1] in ".):", field.description
            assert field.description[0].isupper() or not field.description[0].isalpha()


def test_every_field_of_a_noun_has_a_source() -> None:
    for name in NOUNS:
        of = SCHEMA.type_map[name]
        assert isinstance(of, GraphQLObjectType)
        for field_name, field in of.fields.items():
            assert SOURCE in field.extensions, f"{name}.{field_name}"


def test_every_noun_is_read_by_a_policy_line() -> None:
    for noun in NOUNS.values():
        assert noun.reads, noun.name


def test_whatever_is_of_a_customer_is_read_where_the_customer_is() -> None:
    for noun in NOUNS.values():
        actions = {action for action, _ in noun.reads}
        if noun.customer or any(place.customer for _, place in noun.reads):
            assert Action.CUSTOMER_READ in actions, noun.name


def test_lists_of_the_query_root_are_bounded_or_of_few_rows() -> None:
    few = {"units", "staff", "ratingRuns", "deliveries", "week"}
    assert SCHEMA.query_type
    for name, field in SCHEMA.query_type.fields.items():
        if isinstance(field.extensions.get(SOURCE), Many):
            assert "first" in field.args or name in few


@pytest.mark.parametrize("name", sorted(n for n in NOUNS if NOUNS[n].table.isidentifier()))
async def test_a_column_that_may_be_null_is_a_field_that_may_be_null(
    database: Database, name: str
) -> None:
    noun, of = NOUNS[name], SCHEMA.type_map[name]
    assert isinstance(of, GraphQLObjectType)
    async with database.connection() as connection:
        rows = await connection.fetch(
            "select column_name, is_nullable from information_schema.columns"
            " where table_schema = 'public' and table_name = $1",
            noun.table,
        )
    is_nullable = {row["column_name"]: row["is_nullable"] == "YES" for row in rows}
    for field_name, field in of.fields.items():
        source = field.extensions[SOURCE]
        if not isinstance(source, Column) or not is_leaf_type(getattr(field.type, "of_type", None)):
            continue
        found = re.fullmatch(r"\{t\}\.(\w+)", source.sql)
        if found and found[1] in is_nullable:
            assert not (is_non_null_type(field.type) and is_nullable[found[1]]), field_name
