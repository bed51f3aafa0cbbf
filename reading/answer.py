"""The answer to an operation as it is sent, and errors as they are told: codes, never values."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from audit.connection import TrailUnavailable
from domain.errors import NotFound, NotSignedIn
from reading.refused import SENTENCES
from reading.run import Asker

LOG = logging.getLogger("weihu.reading")
INTERNAL = "Something broke here. If it happens again, quote the number {0}."
_CODES = {
    NotSignedIn: "UNAUTHENTICATED",
    NotFound: "NOT_FOUND",
    TrailUnavailable: "TRAIL_UNAVAILABLE",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response.

    Args:
        body: JSON, in UTF-8.
        is_executed: Whether there is ``data``; if not, the request itself was refused.
    """

    body: bytes
    is_executed: bool = True


def answer_with(
    data: Any, errors: Sequence[GraphQLError] = (), asker: Asker | None = None
) -> Answer:
    """Return the answer of an operation that was executed."""
    told: dict[str, Any] = {"data": data}
    if errors:
        told["errors"] = [told_as(error, asker) for error in errors]
    return Answer(orjson.dumps(told, option=orjson.OPT_UTC_Z))


def refused_with(errors: Sequence[GraphQLError], asker: Asker) -> Answer:
    """Return the answer to a request that was not executed."""
    told = {"errors": [told_as(error, asker) for error in errors]}
    return Answer(orjson.dumps(told), is_executed=False)


def told_as(error: GraphQLError, asker: Asker | None) -> dict[str, Any]:
    """Return an error as the reader is told it; what nobody foresaw gets a number to quote."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    told: dict[str, Any] = dict(error.formatted)
    if isinstance(cause, GraphQLError):
        return told
    code = next((code for kind, code in _CODES.items() if isinstance(cause, kind)), None)
    if code:
        return {**told, "message": SENTENCES[code], "extensions": {"code": code}}
    number = asker.request_id if asker else ""
    log_broken(cause, number)
    return {
        **told,
        "message": INTERNAL.format(number),
        "extensions": {"code": "INTERNAL", "requestId": number},
    }


def log_broken(cause: BaseException | None, number: str) -> None:
    """Write down where something broke; not its message, which may hold a customer's values."""
    where = "".join(traceback.format_tb(cause.__traceback__)) if cause else ""
    LOG.error("request %s: %s\n%s", number, type(cause).__name__, where)
