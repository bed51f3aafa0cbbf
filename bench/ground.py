"""A PostgreSQL of the benchmarks' own, and houses on fresh databases in it."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audit.trail import Trail
from authz.policy import policy_in_force
from gate.house import House
from services.calendar import calendar_around
from store.database import Database, ensure_database
from store.embedded import EmbeddedServer
from store.key import open_vault
from store.migrate import migrate
from store.rule_book import load_rule_book

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai


@dataclass(frozen=True)
class Ground:
    """The server's folder, and its DSN with the database's name to be replaced."""

    home: Path
    dsn: str

    async def database(self, name: str) -> str:
        """Return the DSN of a new, migrated database."""
        server, _, options = self.dsn.partition("?")
        dsn = f"{server.rpartition('/')[0]}/{name}?{options}"
        await ensure_database(dsn)
        migrate(dsn)
        return dsn


@contextmanager
def ground() -> Iterator[Ground]:
    """Start the server with fsync on, and remove all of it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = EmbeddedServer(home)
        try:
            yield Ground(home, server.start())
        finally:
            server.stop()


@asynccontextmanager
async def new_house(
    ground: Ground, name: str, now: Callable[[], datetime] = lambda: NOW
) -> AsyncIterator[House]:
    """Open an empty house on a new database for a block."""
    dsn = await ground.database(name)
    home = ground.home / name
    home.mkdir(mode=0o700)
    async with Database.opened(dsn) as database:
        async with database.own_connection() as connection:
            vault = await open_vault(connection, home, {}, now())
        async with Trail(database.connection, home, clock=now) as trail:
            yield House(
                database,
                vault,
                policy_in_force(),
                trail,
                load_rule_book(),
                now,
                calendar_around,
                home,
            )
        vault.close()
