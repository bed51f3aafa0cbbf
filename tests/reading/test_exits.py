"""One classification, every exit: no path through the schema gives a role more than its policy."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import (
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
)

from authz.action import Action
from reading.limits import Document
from reading.selection import SOURCE
from reading.source import Amount, Computed, Many, Sealed, Total, Where
from tests.reading.book import Book
from tests.reading.filled import SECRETS, SUMS
from vault.registry import FIELDS

ROLES = [
    "city",
    "county1",
    "county2",
    "head1",
    "head2",
    "manager1",
    "manager2",
    "teller2",
    "lobby1",
    "deputy",
    "auditor",
    "it",
    "security",
]
ROW = ("/3207/320701/320701001/", "manager1")  # where C1 stands
MISSING_FEN = 50_000_000 - 31_234_567  # to C1's next tier: tells the average
NODES = {
    "Activity": "activity",
    "CareExpense": "expense",
    "Complaint": "complaint",
    "Customer": "C1",
    "Delivery": "delivery",
    "Obligation": "settled",
    "RatingRun": "2026Q3",
    "Staff": "manager1",
    "Unit": "320701001",
}
"""An object of each type with a global id, as the book knows it."""
ARGUMENTS = {
    "Query.customer": 'number: "C1"',
    "Query.ratingRun": 'period: "2026Q3"',
    "Query.obligations": "first: 9, filter: {state: [OPEN, SETTLED]}",
    "Query.customers": "first: 6",
    "Query.auditEntry": "index: 0",
}


def _paths(schema: GraphQLSchema, root: GraphQLField, name: str) -> str:
    """Return a selection of every path from *root* on which no type comes twice."""

    def below(of: GraphQLObjectType, passed: tuple[str, ...]) -> str:
        parts = ["__typename"]
        for one, field in of.fields.items():
            inner = get_named_type(field.type)
            if is_leaf_type(inner):
                parts.append(one)
            elif isinstance(inner, GraphQLObjectType) and inner.name not in passed:
                given = "(first: 3)" if "first" in field.args else ""
                deeper = below(inner, (*passed, inner.name))
                parts.append(f"{one}{given} {{ {deeper} }}")
        return " ".join(parts)

    of = get_named_type(root.type)
    given = ARGUMENTS.get(f"Query.{name}", "")
    arguments = f"({given})" if given else ""
    if is_leaf_type(of):
        return f"{name}{arguments}"
    assert isinstance(of, GraphQLObjectType)
    return f"{name}{arguments} {{ {below(of, ('Query', of.name))} }}"


def _selections(book: Book) -> Iterator[str]:
    schema = book.execution.schema
    assert schema.query_type
    for name, field in schema.query_type.fields.items():
        if name not in ("me", "node"):
            yield _paths(schema, field, name)
    for of in schema.get_possible_types(schema.type_map["Node"]):  # type: ignore[arg-type]  # an interface
        field = GraphQLField(of)
        body = _paths(schema, field, "node").removeprefix("node ")
        short = NODES[of.name]
        yield f'node(id: "{book.gid(of.name, short)}") {{ ... on {of.name} {body} }}'


@pytest.mark.parametrize("who", ROLES)
async def test_no_path_gives_more_than_the_policy_lines(
    book: Book, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reading.run.COST_MAX", 10**12)
    context = await book.context(who)
    assert context.actor
    permissions = context.actor.permissions
    place = (ROW[0], book.bureau.staff[ROW[1]])

    def may(field: str) -> bool:
        is_there = permissions.allows(Action.CUSTOMER_READ, *place)
        return is_there and permissions.allows(Action.CUSTOMER_FIELD_READ, *place, field)

    told = ""
    for selection in _selections(book):
        node = parse(f"{{ {selection} }}")
        assert not validate(book.execution.schema, node)
        fragments: dict[str, FragmentDefinitionNode] = {}
        answer = await book.execution.by_plan(context, Document(node, fragments), None, {})
        told += answer.body.decode()

    for field, secret in SECRETS.items():
        assert (secret in told) == may(field), field
    numbers = set(_numbers(orjson.loads(f"[{told.replace('}{', '},{')}]")))
    for fen in SUMS | {MISSING_FEN}:
        assert (fen in numbers) == may("amounts"), fen


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int):
        yield value


def test_whatever_reads_a_sensitive_column_says_so(book: Book) -> None:
    columns = {column.partition(".")[2] for field in FIELDS for column in field.columns}
    for owner, field, source in _sources(book.execution.schema):
        for sql in _sql_of(source):
            touched = {column for column in columns if column in sql}
            is_guarded = isinstance(source, Sealed | Amount) or bool(
                getattr(source, "guarded", None) or getattr(source, "look_up", None)
            )
            assert not touched or is_guarded, f"{owner}.{field} shows {touched}"


def test_whatever_lists_are_sorted_by_is_guarded_if_it_is_an_amount(book: Book) -> None:
    for owner, name, source in _sources(book.execution.schema):
        if isinstance(source, Many):
            for order in source.orders.values():
                assert ("_fen" in order.sql) == (order.guarded is not None), f"{owner}.{name}"


def _sources(schema: GraphQLSchema) -> Iterator[tuple[str, str, Any]]:
    for of in schema.type_map.values():
        if isinstance(of, GraphQLEnumType):
            continue
        for name, field in getattr(of, "fields", {}).items():
            source = field.extensions.get(SOURCE)
            if source is not None:
                yield of.name, name, source


def _sql_of(source: Any) -> list[str]:
    match source:
        case Computed(columns):
            return list(columns)
        case Where() | Total() | Amount():
            return [source.sql]
        case _ if hasattr(source, "sql"):
            return [source.sql]
        case Sealed():
            return [source.column]
        case _:
            return []
