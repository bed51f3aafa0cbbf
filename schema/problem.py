"""What a person can mend, said in their language; every mutation answers with these."""

import json
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from importlib import resources
from typing import Any, ParamSpec, TypeVar

import strawberry

from domain.errors import NotFound, RuleBroken

P = ParamSpec("P")
T = TypeVar("T")

NOT_FOUND = "There is no such record, or it is not yours to see."


@strawberry.type(description="Something that a person can mend.")
class Problem:
    """Something that a person can mend."""

    code: str = strawberry.field(description="For programs; stable.")
    message: str = strawberry.field(description="For people, in the reader's language.")
    path: list[str] = strawberry.field(
        description="The input field to mend, outermost first; empty if none in particular."
    )


def problem_of(error: RuleBroken | NotFound, language: str) -> Problem:
    """Return *error* as a problem in *language*; a missing sentence falls back to English."""
    if isinstance(error, NotFound):
        message = sentences()["NOT_FOUND"] if language == "zh" else NOT_FOUND
        return Problem(code="NOT_FOUND", message=message, path=[])
    message = error.message
    if language == "zh" and error.code in sentences():
        message = sentences()[error.code].format_map(error.params)
    return Problem(code=error.code, message=message, path=list(error.path))


@cache
def sentences() -> dict[str, str]:
    """Return the Chinese sentence of each problem code, with ``{params}`` to fill in."""
    text = (resources.files("schema") / "problems.zh.json").read_text(encoding="utf-8")
    catalogue: dict[str, str] = json.loads(text)
    return catalogue


def reports_problems(
    payload: Callable[..., T],
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Have a mutation answer with *payload* and its problems where a rule refused.

    The decorated resolver takes ``info`` by name; anything but a rule or "not found" passes on.
    """

    def decorate(resolver: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(resolver)
        async def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            info: Any = kwargs["info"]
            try:
                return await resolver(*args, **kwargs)
            except (RuleBroken, NotFound) as error:
                return payload(problems=[problem_of(error, info.context.language)])

        return answer

    return decorate
