"""A real PostgreSQL for whoever asks: one server a run, a fresh database for each test."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from store.database import Database
from store.embedded import EmbeddedServer
from store.migrate import migrate
from store.postmaster import Postmaster
from tests.bureau import Bureau, small_bureau

settings.register_profile("weihu", deadline=None)  # no test asserts a time
settings.load_profile("weihu")
# A run in the background of a shell ignores Ctrl-C, and so would the commands that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

PREFIX = "weihu-tests-"
SERVER_FOLDER = pytest.StashKey[Path]()
ROOM_BYTES = 2 << 30
TEMPLATE = "weihu_template"
# What is lost at a power cut is no loss to a test.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def pytest_configure(config: pytest.Config) -> None:
    """Choose where the run's server lives; xdist's workers find it in their environment."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    # A database is five hundred files: in memory they are there ten times as fast.
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES
    parent = memory if is_roomy else Path(tempfile.gettempdir())
    _clear_abandoned(parent)
    config.stash[SERVER_FOLDER] = Path(
        tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent)
    )
    os.environ["WEIHU_TEST_SERVER"] = str(config.stash[SERVER_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the server's folder; the server is gone with its last worker."""
    if SERVER_FOLDER in config.stash:
        shutil.rmtree(config.stash[SERVER_FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of a server that all xdist workers of the run share; the name is to be replaced."""
    embedded = EmbeddedServer(Path(os.environ["WEIHU_TEST_SERVER"]), figures=CARELESS)
    yield embedded.start()
    embedded.stop()


@pytest.fixture(scope="session")
async def template(server: str) -> str:
    """The name of a database that is migrated and empty."""
    async with _administrator(server) as administrator:
        await administrator.execute("select pg_advisory_lock(1)")  # the workers begin at once
        known = await administrator.fetchval(
            "select 1 from pg_database where datname = $1", TEMPLATE
        )
        if not known:
            await administrator.execute(f"create database {TEMPLATE}")
            migrate(_named(server, TEMPLATE))
    return TEMPLATE


@pytest.fixture
async def dsn(server: str, template: str) -> AsyncIterator[str]:
    """The DSN of a fresh, migrated database, dropped after the test."""
    name = f"t_{uuid4().hex}"
    async with _administrator(server) as administrator:
        await administrator.execute(f"create database {name} template {template}")
    yield _named(server, name)
    async with _administrator(server) as administrator:
        await administrator.execute(f"drop database {name} with (force)")


@pytest.fixture
async def database(dsn: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, open, with the records bound to it."""
    async with Database.opened(dsn) as database:
        yield database


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty WEIHU_HOME."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@asynccontextmanager
async def _administrator(server: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(_named(server, "postgres"))
    try:
        yield connection
    finally:
        await connection.close()


def _named(dsn: str, name: str) -> str:
    """Return *dsn* for another database of the same server."""
    server, options = dsn.split("?")
    return f"{server.rpartition('/')[0]}/{name}?{options}"


@pytest.fixture
async def bureau(database: Database, home: Path) -> AsyncIterator[Bureau]:
    """A small bureau on a fresh database."""
    async with small_bureau(database, home) as bureau:
        yield bureau


def _clear_abandoned(parent: Path) -> None:
    """Stop and remove what a run left that was killed."""
    for folder in parent.glob(f"{PREFIX}*"):
        if Path(f"/proc/{folder.name.removeprefix(PREFIX).split('-')[0]}").exists():
            continue
        postmaster = Postmaster(folder / "pg" / "data")
        if (pid := postmaster.pid()) and postmaster.runs():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            while postmaster.runs():
                time.sleep(0.05)
        shutil.rmtree(folder, ignore_errors=True)
