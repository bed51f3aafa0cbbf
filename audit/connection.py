"""How the trail reaches PostgreSQL, and what counts as the store being down."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection: TypeAlias = (
        "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
    )
else:
    Connection: TypeAlias = Any

Connect: TypeAlias = Callable[[], AbstractAsyncContextManager[Connection]]

POOL_MAX: Final = 4
UNAVAILABLE_AFTER_S: Final = 2.0
STORE_ERRORS: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that was cut in the middle of something
    OSError,
    TimeoutError,
)


class TrailUnavailable(Exception):
    """The entry could not be made durable in time; what it tells of must not happen."""


@asynccontextmanager
async def own_pool(dsn: str) -> AsyncIterator[Connect]:
    """Open the few connections that the trail keeps for itself.

    Requests hold a connection of theirs while they wait for the trail; if it drew on the same pool,
    a full pool would wait for itself.
    """
    async with asyncpg.create_pool(dsn, min_size=1, max_size=POOL_MAX, reset=_leave) as pool:
        yield pool.acquire


async def _leave(connection: Connection) -> None:
    """Nothing here sets anything that outlives its transaction, so a reset would be in vain."""
    if connection.is_in_transaction():
        await connection.reset()
