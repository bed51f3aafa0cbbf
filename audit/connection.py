"""How the trail reaches PostgreSQL, and what counts as the store being down."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
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

UNAVAILABLE_AFTER_S: Final = 2.0
STORE_ERRORS: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, asyncio.TimeoutError)


class TrailUnavailable(Exception):
    """The entry could not be made durable in time; what it tells of must not happen."""
