"""The one way to PostgreSQL: one pool, and one transaction, for hand-written SQL and records."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, ClassVar, Final, Literal, cast
from urllib.parse import urlsplit, urlunsplit
from weakref import WeakSet

import asyncpg
import orjson
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

from store.binding import bound_records
from store.statements import Statements

logging.getLogger("tortoise.db_client").setLevel(logging.INFO)  # DEBUG tells every value
Isolation = Literal["read committed", "repeatable read", "serializable"]
POOL_MAX: Final = 16


class Transaction:
    """One transaction; records used inside the block are in it without being told.

    Attributes:
        connection: For hand-written SQL in the same transaction.
    """

    def __init__(self, wrapper: TransactionWrapper) -> None:
        self._wrapper = wrapper
        self.connection = wrapper._connection

    async def commit(self) -> None:
        """Commit before the block ends, which then has nothing left to do."""
        await self._wrapper.commit()

    async def rollback(self) -> None:
        """Undo everything; the block then has nothing left to do."""
        await self._wrapper.rollback()


class Database:
    """A pool of connections to one PostgreSQL database, and the records bound to it.

    ``jsonb`` comes out as Python values (ask for ``column::text`` to pass it through unread) and
    goes in as Python values or as JSON text. Connections go back to the pool without a reset:
    session state (``SET`` without ``LOCAL``, ``LISTEN``, session locks) belongs on
    `own_connection`.

    Args:
        dsn: ``postgresql://…``; a Unix socket's folder goes in ``?host=``.
        pool_max: Connections at most.
    """

    _open: ClassVar[set["Database"]] = set()

    def __init__(self, dsn: str, *, pool_max: int = POOL_MAX) -> None:
        self.dsn = dsn
        self._pool_max = pool_max
        self._pool: asyncpg.Pool | None = None
        self._records: TortoiseContext | None = None
        self._connections: WeakSet[asyncpg.Connection] = WeakSet()
        self._heard: list[Statements] = []

    @classmethod
    @asynccontextmanager
    async def opened(cls, dsn: str, *, pool_max: int = POOL_MAX) -> AsyncIterator["Database"]:
        """Open a database for a block."""
        database = cls(dsn, pool_max=pool_max)
        await database.open()
        try:
            yield database
        finally:
            await database.close()

    async def open(self) -> None:
        """Connect, and bind the records; raises what asyncpg raises when nobody answers."""
        self._pool = asyncpg.create_pool(
            # One at once, to see that somebody answers; the rest as they are wanted.
            self.dsn,
            init_size=1,
            min_size=0,
            max_size=self._pool_max,
            init=self._greet,
            reset=_tidy,
        )
        try:
            await self._pool
            # Requests run in other tasks than the one that opened; tests may open a second one.
            self._records = await bound_records(self._pool, for_all_tasks=not Database._open)
            Database._open.add(self)
        except BaseException:
            self._pool.terminate()
            raise

    async def close(self) -> None:
        """Wait for connections in use, at most 10 s, and end them all."""
        try:
            if self._records is not None:
                await self._release_records(self._records)
            if self._pool is not None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._pool.close(), 10)
        finally:
            if self._pool is not None:
                self._pool.terminate()  # for those that did not end in time
                self._pool = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """Lend a connection for a block: the surrounding transaction's if there is one."""
        current = self._bound()
        if isinstance(current, TransactionWrapper):
            yield current._connection
            return
        async with self.pool.acquire() as connection:
            yield cast("asyncpg.Connection", connection)

    @asynccontextmanager
    async def transaction(
        self, isolation: Isolation = "read committed", *, read_only: bool = False
    ) -> AsyncIterator[Transaction]:
        """Run a block in one transaction: committed at its end, undone by an exception.

        Inside another transaction it is a savepoint, which takes over that one's isolation. Start
        no task inside: it would outlive the connection.
        """
        is_outermost = not isinstance(self._bound(), TransactionWrapper)
        async with in_transaction() as wrapper:
            transaction = Transaction(cast("TransactionWrapper", wrapper))
            if is_outermost and (isolation != "read committed" or read_only):
                mode = "read only" if read_only else "read write"
                await transaction.connection.execute(
                    f"set transaction isolation level {isolation} {mode}"
                )
            yield transaction

    @asynccontextmanager
    async def own_connection(self) -> AsyncIterator[asyncpg.Connection]:
        """Open a connection outside the pool, for LISTEN, session locks and long copies."""
        connection = await asyncpg.connect(self.dsn)
        try:
            await self._greet(connection)
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[Statements]:
        """Listen to the SQL that this pool sends during a block; for tests that count it."""
        heard = Statements()
        self._heard.append(heard)
        for connection in self._connections:
            connection.add_query_logger(heard.note)
        try:
            yield heard
            await asyncio.sleep(0)  # asyncpg calls its loggers on the loop's next turn
        finally:
            self._heard.remove(heard)
            for connection in self._connections:
                connection.remove_query_logger(heard.note)

    @property
    def pool(self) -> asyncpg.Pool:
        """The open pool."""
        if self._pool is None:
            raise RuntimeError("The database is not open.")
        return self._pool

    async def _release_records(self, records: TortoiseContext) -> None:
        Database._open.discard(self)
        self._records = None
        await records.close_connections()
        with suppress(ValueError):  # closed by another task than the one that opened
            records.__exit__(None, None, None)

    def _bound(self) -> Any:
        """Return what records would use now: the pool, or this task's transaction."""
        if self._records is None:
            raise RuntimeError("The database is not open.")
        return self._records.connections.get("default")

    async def _greet(self, connection: asyncpg.Connection) -> None:
        # Lists within lists come as arrays of records. asyncpg asks the server about that type
        # once a connection, with four statements: better now than in somebody's request.
        await connection.fetchval("select array[row(1)]")
        self._connections.add(connection)
        for heard in self._heard:
            connection.add_query_logger(heard.note)
        await connection.set_type_codec(
            "jsonb", schema="pg_catalog", encoder=_json_text, decoder=orjson.loads
        )


async def ensure_database(dsn: str) -> None:
    """Create the database that *dsn* names on its server, if it is not there yet."""
    try:
        connection = await asyncpg.connect(dsn)
    except asyncpg.InvalidCatalogNameError:
        address = urlsplit(dsn)
        name = address.path.lstrip("/")
        connection = await asyncpg.connect(urlunsplit(address._replace(path="/postgres")))
        await connection.execute(f'create database "{name}"')
    await connection.close()


async def _tidy(connection: asyncpg.Connection) -> None:
    """Undo a transaction that raw SQL left open; a full reset would cost a round trip each time."""
    if connection.is_in_transaction():
        await connection.reset()


def _json_text(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
