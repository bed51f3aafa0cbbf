"""Where a test's delivery lies, where it is taken in, and an empty house to take it into."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from audit.trail import Trail
from authz.policy import policy_in_force
from gate.house import House
from services.calendar import calendar_around
from store.database import Database
from store.key import open_vault
from store.rule_book import load_rule_book
from tests.bureau import NOW, Clock


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "delivered"


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    return tmp_path / "deliveries"


@pytest.fixture
def clock() -> Clock:
    """The clock of the house."""
    return Clock()


@pytest.fixture
async def house(database: Database, home: Path, clock: Clock) -> AsyncIterator[House]:
    """A house into which nothing has been delivered."""
    async with database.own_connection() as connection:
        vault = await open_vault(connection, home, {}, NOW)
    async with Trail(database.connection, home, clock=clock) as trail:
        yield House(
            database,
            vault,
            policy_in_force(),
            trail,
            load_rule_book(),
            clock,
            calendar_around,
            home,
        )
    vault.close()
