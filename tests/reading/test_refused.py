"""What is not answered, and what the reader is told instead."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from schema.root import execution_of
from tests.reading.book import Book
from tests.reading.filled import SECRETS


@pytest.mark.parametrize(
    "text",
    [
        "{ customers { total } }",
        "{ units { name } }",
        "{ ruleBook { code } }",
        '{ node(id: "x") { id } }',
        "{ week { day } }",
    ],
)
async def test_who_has_not_signed_in_reads_nothing(book: Book, text: str) -> None:
    assert await book.codes(None, text) == ["UNAUTHENTICATED"]


async def test_who_has_not_signed_in_is_told_the_time_and_that_nobody_is_signed_in(
    book: Book,
) -> None:
    told = await book.ask(None, "{ serverNow me { language } __typename }")

    assert told["data"]["me"] is None
    assert told["data"]["__typename"] == "Query"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{ nothing }",
        "{ customers { nodes { name } } }",
        "query A { serverNow } query B { serverNow }",
        "query($n: Int!) { customers(first: $n) { total } }",
        "{ customers(sort: BEST) { total } }",
        '{ customers(filter: {notContactedSinceOn: "yesterday"}) { total } }',
        "{ customers(filter: {assetsFromFen: 1.5}) { total } }",
        "mutation { nothing }",
        "subscription { nothing }",
    ],
)
async def test_a_request_that_is_not_valid_is_not_executed(book: Book, text: str) -> None:
    told = await book.ask("city", text)

    assert "data" not in told
    assert told["errors"]


async def test_a_document_too_deep_is_refused(book: Book) -> None:
    deep = "{ obligations { nodes { " + "customer { obligations { nodes { " * 4
    text = deep + "id" + " } } }" * 4 + " } } }"

    assert "data" not in await book.ask("city", text)


async def test_too_many_aliases_are_refused(book: Book) -> None:
    text = "{" + " ".join(f"a{n}: serverNow" for n in range(51)) + "}"

    assert "data" not in await book.ask("city", text)


async def test_too_long_a_document_is_refused(book: Book) -> None:
    text = "{ customers { nodes { " + "id " * 4001 + "} } }"

    assert "data" not in await book.ask("city", text)


async def test_lists_within_lists_are_multiplied_and_bounded(book: Book) -> None:
    text = (
        "{ customers(first: 200) { nodes { activities(first: 200) { nodes { id } } } } }",
        "{ a: customers(first: 200) { nodes { activities(first: 60) { nodes { id } } } }"
        " b: customers(first: 200) { nodes { activities(first: 60) { nodes { id } } } } }",
    )

    for one in text:
        assert "TOO_COSTLY" in await book.codes("city", one)


async def test_the_schema_is_shown_only_where_it_may_be(book: Book) -> None:
    text = '{ __schema { queryType { name } } __type(name: "Query") { name } }'
    closed = replace(book, execution=execution_of(is_introspective=False))

    assert (await book.ask("city", text))["data"]["__type"] == {"name": "Query"}
    told = await closed.ask("city", text)
    assert "data" not in told
    assert "data" in await closed.ask("city", "{ __typename serverNow }")


async def test_no_suggestion_tells_a_field_where_the_schema_is_not_shown(book: Book) -> None:
    closed = replace(book, execution=execution_of(is_introspective=False))

    told = await closed.ask("city", "{ customer(number: 1) { numbre } }")

    assert "Did you mean" not in str(told)


class Broken(Exception):
    """Something nobody foresaw, with a customer's value in its message."""


async def test_what_nobody_foresaw_is_told_by_a_number_and_logged_without_its_message(
    book: Book, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise Broken(SECRETS["phone"])

    context = await book.context("city")
    monkeypatch.setattr(type(book.house.database), "connection", broken)

    answer = await book.execution.execute(context, "{ customers { total } }")

    told = orjson.loads(answer.body)
    (error,) = told["errors"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "request-1"}
    assert SECRETS["phone"] not in str(told) + caplog.text
    assert "Broken" in caplog.text


async def test_no_error_repeats_the_document_in_the_log(
    book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    await book.ask("city", '{ customers(filter: {phone: "13912345678", tier: 1}) { total } }')

    assert "13912345678" not in caplog.text
