"""How far the seeding of a demo has come: facts of the house, one seeding at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import asyncpg

from domain.errors import RuleBroken
from store.database import Database

DONE: Final = "demo"  # the key by which the house knows that it is a demo (services/fact.py)
BEGUN: Final = "demo_begun"
_LOCK: Final = "weihu demo"


class SeedingBusy(Exception):
    """Another process seeds the same house now."""


@dataclass(frozen=True, slots=True)
class Seeding:
    """What a seeding works on; kept, so that one that was killed goes on with the same bureau.

    Args:
        today: The day on which it was begun, as ISO text.
        customers: How many are made up.
        has_past: Whether the year of histories is written.
    """

    seed: int
    today: str
    customers: int
    has_past: bool = False

    @property
    def begun_on(self) -> date:
        """The day on which it was begun."""
        return date.fromisoformat(self.today)


@asynccontextmanager
async def only_one(database: Database) -> AsyncIterator[None]:
    """Let nobody else seed during a block.

    Raises:
        SeedingBusy: Somebody does.
    """
    async with database.own_connection() as connection:
        if not await connection.fetchval("select pg_try_advisory_lock(hashtext($1))", _LOCK):
            raise SeedingBusy("Another process is filling this house with the demo. Wait for it.")
        yield


async def is_done(connection: asyncpg.Connection) -> bool:
    """Say whether the house is a finished demo."""
    return await connection.fetchval("select true from house_fact where key = $1", DONE) or False


async def is_awaited(connection: asyncpg.Connection) -> bool:
    """Say whether a seeding can begin or go on: the house is empty, or one was stopped in it."""
    return bool(
        await connection.fetchval(
            "select exists (select from house_fact where key = $1) "
            "or not exists (select from unit)",
            BEGUN,
        )
    )


async def begun(connection: asyncpg.Connection, fresh: Seeding) -> Seeding:
    """Return the seeding that was begun here, or begin *fresh* on an empty house.

    Raises:
        RuleBroken: HOUSE_NOT_EMPTY.
    """
    fact = await connection.fetchval("select value from house_fact where key = $1", BEGUN)
    if fact is not None:
        return Seeding(**fact)
    if await connection.fetchval("select exists (select from unit)"):
        raise RuleBroken(
            "HOUSE_NOT_EMPTY",
            "This house has units of its own, so it is not filled with a demo. "
            "Set WEIHU_HOME (or DATABASE_URL) to an empty one.",
        )
    await keep(connection, fresh)
    return fresh


async def keep(connection: asyncpg.Connection, seeding: Seeding) -> None:
    """Remember how far *seeding* has come."""
    await connection.execute(
        "insert into house_fact (key, value) values ($1, $2) "
        "on conflict (key) do update set value = excluded.value",
        BEGUN,
        asdict(seeding),
    )


async def finish(connection: asyncpg.Connection, seeding: Seeding) -> None:
    """Mark the house as a demo; *connection* is in the transaction that lets people in."""
    await connection.execute("delete from house_fact where key = $1", BEGUN)
    await connection.execute(
        "insert into house_fact (key, value) values ($1, $2)",
        DONE,
        {"seed": seeding.seed, "seededOn": seeding.today},
    )
