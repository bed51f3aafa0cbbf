"""Scalars: days, instants, fen and request keys, read strictly and written one way."""

from datetime import UTC, date, datetime
from typing import NewType
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Fen = NewType("Fen", int)
FEN_MAX = 2**53 - 1  # what a JSON number can say exactly


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise GraphQLError("A day is written like 2026-11-22.")


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise GraphQLError("An instant is written like 2026-11-22T03:04:05Z.")
    return instant.astimezone(UTC)


def _instant_text(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _fen(value: object) -> int:
    if type(value) is not int or not -FEN_MAX <= value <= FEN_MAX:
        raise GraphQLError("An amount is a whole number of fen.")
    return value


def _uuid(value: object) -> UUID:
    try:
        return UUID(value) if isinstance(value, str) else UUID("")
    except ValueError:
        raise GraphQLError("This is no UUID.") from None


SCALARS: dict[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description="A day in the bureau's calendar, ISO 8601: 2026-11-22.",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, ISO 8601: 2026-11-22T03:04:05Z.",
        serialize=_instant_text,
        parse_value=_instant,
    ),
    Fen: strawberry.scalar(
        name="Fen",
        description="Money in whole fen, a JSON number below 2^53.",
        serialize=int,
        parse_value=_fen,
    ),
    UUID: strawberry.scalar(
        name="UUID",
        description="A UUID made by the page, so that the same form sent twice counts once.",
        serialize=str,
        parse_value=_uuid,
    ),
}
