"""Open what a command works on: the folder, and the database with its tables up to date."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from api.settings import Settings
from store.database import Database, ensure_database
from store.embedded import EmbeddedServer
from store.migrate import Migrated, migrate

T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """What `opened` opened.

    Attributes:
        migrated: Which migrations were applied before, and which just now.
    """

    settings: Settings
    database: Database
    migrated: Migrated


class HomeUnusable(Exception):
    """WEIHU_HOME cannot be used; the message says why."""


def tell(sentence: str) -> None:
    """Say on stderr what takes a while."""
    print(sentence, file=sys.stderr, flush=True)


@asynccontextmanager
async def opened(
    settings: Settings, *, tell: Callable[[str], None] = tell
) -> AsyncIterator[Opened]:
    """Open everything for a block, on an empty folder too, whether or not a server runs already.

    Raises:
        HomeUnusable: The folder cannot be written.
        EmbeddedServerDown: The embedded PostgreSQL does not start.
        MigrationsDisagree: The database was made by other migrations.
        OSError: DATABASE_URL names a server that cannot be reached.
    """
    prepare_home(settings.home)
    async with _dsn(settings, tell) as dsn:
        migrated = await _whole(lambda: migrate(dsn))
        async with Database.opened(dsn) as database:
            yield Opened(settings, database, migrated)


def prepare_home(home: Path) -> None:
    """Make *home* with its ``keys`` folder, which nobody but us may enter.

    The database server below it runs as another account when we are root; so the way through is
    open, and the keys are not.
    """
    try:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        keys = home / "keys"
        keys.mkdir(mode=0o700, exist_ok=True)
        keys.chmod(0o700)
    except OSError as error:
        raise HomeUnusable(
            f"The folder {home} cannot be used: {error.strerror}. "
            "Set WEIHU_HOME to one that you may write."
        ) from error


@asynccontextmanager
async def _dsn(settings: Settings, tell: Callable[[str], None]) -> AsyncIterator[str]:
    if settings.database_url is not None:
        yield settings.database_url
        return
    server = EmbeddedServer(settings.home, tell=tell)
    try:
        dsn = await _whole(server.start)
        await ensure_database(dsn)
        yield dsn
    finally:
        await _whole(server.stop)


async def _whole(work: Callable[[], T]) -> T:
    """Run *work* in a thread to its end, even if we are stopped: half-started is worse."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        running.exception()  # looked at, so that Python does not complain of it beside "Stopped."
        raise
