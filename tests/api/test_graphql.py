"""What /graphql takes and what it refuses before anything is executed."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from api.graphql import BODY_BYTES_MAX
from api.security_headers import HEADERS
from tests.api.visitor import OURS, SIGN_IN, Visitor

JSON = {"content-type": "application/json"}
VALUES = "李梅丽 13812345678"


async def _status(visitor: Visitor, content: bytes, **more: str) -> int:
    headers = OURS | JSON | more
    return (await visitor.client.post("/graphql", content=content, headers=headers)).status_code


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_operations_come_by_post_alone(visitor: Visitor, method: str) -> None:
    answer = await visitor.client.request(
        method, "/graphql", params={"query": "{ serverNow }"}, headers=OURS
    )

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"query": "{ serverNow }"}', 200),
        (b'{"query": "{ serverNow }", "variables": null, "operationName": null}', 200),
        (b"", 400),
        (b"{", 400),
        (b"[" * 5_000, 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b'{"query": 1}', 400),
        (b'{"query": "{ serverNow }", "variables": [1]}', 400),
        (b'{"query": "{ serverNow }", "operationName": 1}', 400),
        (b'{"query": "{ serverNow }", "variables": {"a": "\\u0000"}}', 400),
        (b'{"query": "{ customer(number: \\"\\\\u{00}\\") { id } }"}', 400),
    ],
)
async def test_a_body_that_is_no_operation_is_refused_in_words(
    visitor: Visitor, content: bytes, status: int
) -> None:
    assert await _status(visitor, content) == status


async def test_only_json_is_read(visitor: Visitor) -> None:
    assert await _status(visitor, b"{}", **{"content-type": "text/plain"}) == 415


async def test_a_body_too_large_is_refused_with_all_headers(visitor: Visitor) -> None:
    answer = await visitor.client.post(
        "/graphql", content=b" " * (BODY_BYTES_MAX + 1), headers=OURS | JSON
    )

    assert answer.status_code == 413
    assert set(HEADERS) <= set(answer.headers)


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ nothing }",
        "{ __schema { types { name } } }",
        "{ " + " ".join(f"a{n}: serverNow" for n in range(60)) + " }",
        "{ " + "serverNow " * 5_000 + "}",
        "query A { serverNow } query B { serverNow }",
    ],
)
async def test_what_is_not_executed_tells_why_and_has_no_data(visitor: Visitor, query: str) -> None:
    answer = (await visitor.send(query)).json()

    assert answer["errors"][0]["message"]
    assert not answer.get("data")


async def test_a_bug_gives_a_number_to_quote_and_no_word_of_what_broke(
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError(VALUES)

    monkeypatch.setattr("services.session.count_try", broken)

    with caplog.at_level(logging.ERROR):
        answer = await visitor.send(SIGN_IN, {"input": {"staffNo": "S1", "password": "x"}})

    (error,) = answer.json()["errors"]
    assert error["extensions"] == {
        "code": "INTERNAL",
        "requestId": answer.headers["x-request-id"],
    }
    assert error["extensions"]["requestId"] in caplog.text
    assert VALUES not in answer.text + caplog.text


async def test_the_server_says_that_it_and_its_database_answer(
    visit: Callable[[], Visitor],
) -> None:
    answer = await visit().client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok")


async def test_a_real_bureau_tells_nobody_whom_to_sign_in_as(visitor: Visitor) -> None:
    answer = await visitor.client.get("/demo.json")

    assert answer.json() == {"isDemo": False, "accounts": [], "password": ""}
