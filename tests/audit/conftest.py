"""A trail and a sequencer on a fresh database, and entries to put into them."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from audit.connection import Connect, own_pool
from audit.entry import Entry, Result, Shown
from audit.sequencer import Sequencer
from audit.trail import Trail
from tests.audit.paper_log import SIZE, PaperLog, dice, random_log

MakeEntry = Callable[..., Entry]


@pytest.fixture
def an_entry(make_entry: MakeEntry) -> MakeEntry:
    """Make an entry; the caller spells out only what it is about."""
    return make_entry


@pytest.fixture(scope="session")
def make_entry() -> MakeEntry:
    """Make an entry, for fixtures that outlive a test."""

    def make(**about: object) -> Entry:
        usual = {
            "at": datetime(2026, 1, 5, 8, 30, tzinfo=UTC),
            "action": "customer:read",
            "result": Result.DONE,
            "staff_id": UUID(int=7),
            "staff_no": "S00007",
            "roles": ("customer_manager",),
            "unit": "/3207/320701/",
            "session": "0123456789abcdef",
            "type": "Customer",
            "rows": (UUID(int=1), UUID(int=2)),
            "fields": {"customer.name": Shown(masked=2)},
            "line": "customer_manager customer:read own",
            "policy": "2026-01-01.1",
            "request": "0192f0c1-0000-7000-8000-000000000001",
            "operation": "CustomerList",
        }
        return Entry(**{**usual, **about})  # type: ignore[arg-type]  # a test may spoil any field

    return make


@pytest.fixture
async def connect(dsn: str) -> AsyncIterator[Connect]:
    """The trail's own connections."""
    async with own_pool(dsn) as acquire:
        yield acquire


@pytest.fixture
async def connection(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of whoever looks on or meddles."""
    opened = await asyncpg.connect(dsn)
    yield opened
    await opened.close()


@pytest.fixture
async def trail(connect: Connect, home: Path) -> AsyncIterator[Trail]:
    """An open trail."""
    async with Trail(connect, home) as trail:
        yield trail


@pytest.fixture
def sequencer(connect: Connect, home: Path, trail: Trail) -> Sequencer:
    """The sequencer of the same store."""
    return Sequencer(connect, home, trail)


@pytest.fixture(scope="session")
def a_log(make_entry: MakeEntry) -> PaperLog:
    """Three processes, two of them with several lanes; the first has closed."""
    return random_log(dice(7), SIZE, make_entry)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory, a_log: PaperLog) -> Path:
    """A clean log of 700 entries on disk; nobody writes into it."""
    return a_log.write(tmp_path_factory.mktemp("log") / "clean")


@pytest.fixture
def copy(clean: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy to spoil."""
    folder = tmp_path / "copy"
    shutil.copytree(clean, folder)
    yield folder
