"""The plan straight to JSON and graphql-core over the plan answer alike, in bytes and in trail."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from graphql import GraphQLSchema

from gate.disclosure import Disclosure
from reading import execution
from reading.limits import DocumentRefused
from reading.refused import Irregular
from reading.selection import SOURCE
from reading.source import Amount, Sealed, Total
from tests.reading.book import Book
from tests.reading.documents import Drawer, documents_of_pages
from tests.reading.filled import SECRETS

ROLES = ["city", "head1", "manager1", "lobby1", "deputy", "auditor"]
DRAWN = int(os.environ.get("DRAWN_DOCUMENTS", "150"))  # the nightly run draws thousands


class Remembered:
    """What was given to the trail."""

    def __init__(self) -> None:
        self.all: list[tuple[str, dict[str, tuple[int, int]], set[Any]]] = []

    async def disclose(self, _actor: Any, told: Disclosure) -> None:
        """Keep it, in a form to compare."""
        self.all.append((told.action, dict(told.fields), set(told.customers)))


@contextmanager
def counted(schema: GraphQLSchema) -> Iterator[Counter[tuple[str, bool]]]:
    """Count what graphql-core takes of protected values, apart from the plan's own count."""
    seen: Counter[tuple[str, bool]] = Counter()
    kept: list[tuple[Any, Any]] = []

    class Tagged(dict[str, Any]):
        field = ""

    def replace(field: Any, resolve: Any) -> None:
        kept.append((field, field.resolve))
        field.resolve = resolve

    def tagging(name: str) -> Any:
        def resolve(source: Any, info: Any, **_: Any) -> Any:
            value = Tagged(source[str(info.path.key)])
            value.field = name
            return value

        return resolve

    def counting(part: str) -> Any:
        def resolve(source: Any, info: Any, **_: Any) -> Any:
            value = source[str(info.path.key)]
            if value is not None and part != "range":
                seen[source.field, source["m_"]] += 1
            return value

        return resolve

    for of in schema.type_map.values():
        for field in getattr(of, "fields", {}).values():
            match field.extensions.get(SOURCE):
                case Sealed(name) | Amount(_, name):
                    replace(field, tagging(name))
                case Total(_, str(name)):
                    replace(field, tagging(name))
    replace(schema.type_map["Protected"].fields["text"], counting("text"))  # type: ignore[attr-defined]  # an object type
    replace(schema.type_map["ProtectedAmount"].fields["fen"], counting("fen"))  # type: ignore[attr-defined]  # an object type
    try:
        yield seen
    finally:
        for field, resolve in kept:
            field.resolve = resolve


async def _both(
    book: Book, who: str, text: str, variables: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> tuple[bytes | None, bytes, Remembered]:
    """Return both answers, which the trail was told alike.

    The fast one is None where graphql-core has to word errors.
    """
    by_plan, by_referee = Remembered(), Remembered()
    context = await book.context(who)
    document = book.execution.documents.document(text)
    monkeypatch.setattr(execution, "disclose", by_plan.disclose)
    try:
        fast = (await book.execution.by_plan(context, document, None, variables)).body
    except Irregular:
        fast = None
    monkeypatch.setattr(execution, "disclose", by_referee.disclose)
    slow = await book.execution.by_referee(context, document, None, variables)
    if fast is not None:
        assert by_plan.all == by_referee.all, (who, text, variables)
    return fast, slow.body, by_referee


@pytest.mark.parametrize("name", documents_of_pages())
async def test_the_pages_documents_come_out_alike(
    book: Book, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = documents_of_pages()[name]
    if "mutation" in text:
        book.execution.documents.document(text)  # valid, and that is all there is to it here
        return
    given = {
        "number": "C1",
        "period": "2026Q3",
        "first": 20,
        "id": book.gid("Customer", "C1"),
        "customerId": book.gid("Customer", "C1"),
        "owner": book.gid("Staff", "manager1"),
        "tier": ["gold"],
        "today": "2026-11-18",
        "fromOn": "2026-11-16",
        "index": 0,
    }
    operation = book.execution.documents.document(text).operation(None)
    assert operation
    variables = {
        one.variable.name.value: given[one.variable.name.value]
        for one in operation.variable_definitions or ()
        if one.variable.name.value in given
    }
    for who in ROLES:
        fast, slow, _ = await _both(book, who, text, variables, monkeypatch)

        if "me" not in text.split():
            assert fast is not None
        if fast is not None:
            assert fast == slow


async def test_random_documents_come_out_alike(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    pools = _pools(book)
    drawer = Drawer(book.execution.schema, pools, seed=20261122)
    regular = 0
    for number in range(DRAWN):
        text, variables = drawer.document()
        who = ROLES[number % len(ROLES)]
        with counted(book.execution.schema) as seen:
            try:
                fast, slow, remembered = await _both(book, who, text, variables, monkeypatch)
            except DocumentRefused:
                continue
        if fast is None:
            assert b'"errors"' in slow, (who, text, variables)
            continue
        regular += 1
        assert fast == slow, (who, text, variables)
        _ensure_counted(remembered, seen)

    assert regular > DRAWN * 0.5


def _ensure_counted(remembered: Remembered, seen: Counter[tuple[str, bool]]) -> None:
    told = {} if not remembered.all else remembered.all[-1][1]
    for name in set(told) | {name for name, _ in seen}:
        clear, masked = told.get(name, (0, 0))
        assert clear == seen[name, False], name
        if name != "amounts":  # a range is masked; it has no text to count here
            assert masked == seen[name, True], name


def _pools(book: Book) -> dict[str, list[Any]]:
    ids = [
        book.gid("Customer", "C1"),
        book.gid("Customer", "C3"),
        book.gid("Unit", "320701"),
        book.gid("Staff", "manager1"),
        book.gid("Obligation", "C1+0"),
        "x",
    ]
    return {
        "id": ids,
        "number": ["C1", "C2", "C", "none"],
        "period": ["2026Q3", "2026Q2", "2020Q1"],
        "first": [1, 2, 3, 5, 5, 5, 0],
        "last": [1, 2],
        "after": ["forged"],
        "before": ["forged"],
        "unit": [book.gid("Unit", "320701"), book.gid("Unit", "320702")],
        "within": [book.gid("Unit", "320701")],
        "owner": [book.gid("Staff", "manager1")],
        "manager": [book.gid("Staff", "manager1")],
        "fromOn": ["2026-11-16"],
        "notContactedSinceOn": ["2026-10-11"],
        "tier": [["gold"], ["gold", "vip"], []],
        "fromTier": ["vip"],
        "toTier": ["gold"],
        "phone": [SECRETS["phone"]],
        "idNumber": [SECRETS["id_number"]],
        "assetsFromFen": [1, 50_000_000],
        "assetsBelowFen": [50_000_000],
    }
