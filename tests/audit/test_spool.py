"""With the store down, masked lists and sign-outs go on over a bounded spool, and come home."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import orjson
import pytest

from audit.connection import Connect, Connection, TrailUnavailable
from audit.entry import Entry
from audit.export import export_log
from audit.sequencer import Sequencer
from audit.spool import RESERVE_BYTES
from audit.trail import Trail
from audit.verdict import Status
from audit.verify import verify

MakeEntry = Callable[..., Entry]


class Store:
    """A store that can be switched off."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self.is_up = True

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        if not self.is_up:
            raise ConnectionRefusedError
        async with self._connect() as connection:
            yield connection


@pytest.fixture
def store(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store, given up after a moment, so that the tests need not wait."""
    monkeypatch.setattr("audit.trail.GIVES_UP_AFTER_S", 0.1)
    return Store(connect)


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It never came about.")


async def come_home(connection: asyncpg.Connection, count: int) -> list[bytes]:
    """Return the pending entries, once there are so many."""
    for _ in range(100):
        rows = await connection.fetch("select entry from trail_pending order by arrived")
        if len(rows) >= count:
            return [row["entry"] for row in rows]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(rows)} entries came home, not {count}.")


async def test_spooled_entries_come_home_when_the_store_is_back(
    store: Store, home: Path, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async with Trail(store.connect, home) as trail:
        await trail.append(an_entry())
        store.is_up = False
        for turn in range(3):
            await trail.append_or_spool(an_entry(details={"turn": turn}))
        store.is_up = True

        entries = await come_home(connection, 5)

    lanes = [(content["lane"], content["number"]) for content in map(orjson.loads, entries)]
    assert lanes == [(0, 1), (0, 2), (9, 1), (9, 2), (9, 3)]


async def test_what_must_not_be_spooled_is_refused_within_two_seconds(
    connect: Connect, home: Path, an_entry: MakeEntry
) -> None:
    store = Store(connect)
    async with Trail(store.connect, home) as trail:
        store.is_up = False
        began = asyncio.get_running_loop().time()
        with pytest.raises(TrailUnavailable):
            await trail.append(an_entry())

        assert asyncio.get_running_loop().time() - began < 2.05


async def test_a_spool_left_by_a_process_that_died_is_brought_home_by_the_next(
    store: Store,
    home: Path,
    connection: asyncpg.Connection,
    sequencer: Sequencer,
    an_entry: MakeEntry,
) -> None:
    async with Trail(store.connect, home) as dead:
        store.is_up = False
        await asyncio.gather(*(dead.append_or_spool(an_entry()) for _ in range(5)))
    store.is_up = True

    async with Trail(store.connect, home) as trail:
        await trail.append(an_entry())
        await come_home(connection, 7)

    assert not list((home / "spool").glob("*.spool"))


async def test_the_disk_space_that_a_dead_process_had_reserved_is_given_back(
    store: Store, home: Path, an_entry: MakeEntry
) -> None:
    reserve = home / "spool" / f"{uuid4()}.reserve"

    async with Trail(store.connect, home) as trail:
        reserve.write_bytes(bytes(RESERVE_BYTES))
        await trail.append(an_entry())
        await until(lambda: not reserve.exists())
        assert list((home / "spool").glob("*.reserve"))  # its own is still there


async def test_entries_that_came_home_already_are_not_taken_twice(
    store: Store,
    home: Path,
    connection: asyncpg.Connection,
    sequencer: Sequencer,
    an_entry: MakeEntry,
) -> None:
    async with Trail(store.connect, home) as dead:
        store.is_up = False
        await dead.append_or_spool(an_entry())
    store.is_up = True
    [spool] = (home / "spool").glob("*.spool")
    lines = spool.read_bytes()
    for _ in range(2):  # the second time, as if the process had died before it removed the file
        spool.write_bytes(lines)
        async with Trail(store.connect, home) as trail:
            await trail.append(an_entry())
            await until(lambda: not spool.exists())
        await sequencer.drain()

    rows = await connection.fetch("select entry from trail_entry")
    spooled = [row for row in rows if orjson.loads(row["entry"])["lane"] == 9]
    assert len(spooled) == 1
    assert await connection.fetchval("select count(*) from trail_set_aside") == 0


async def test_a_line_that_was_torn_by_a_crash_is_passed_over(
    store: Store, home: Path, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async with Trail(store.connect, home) as dead:
        store.is_up = False
        for _ in range(2):
            await dead.append_or_spool(an_entry())
    store.is_up = True
    [spool] = (home / "spool").glob("*.spool")
    spool.write_bytes(spool.read_bytes()[:-10])

    async with Trail(store.connect, home) as trail:
        await trail.append(an_entry())
        entries = await come_home(connection, 3)

    assert [orjson.loads(entry)["lane"] for entry in entries] == [0, 0, 9]


async def test_a_spooled_entry_that_was_edited_on_disk_is_set_aside(
    store: Store,
    home: Path,
    connection: asyncpg.Connection,
    sequencer: Sequencer,
    an_entry: MakeEntry,
) -> None:
    async with Trail(store.connect, home) as dead:
        store.is_up = False
        await dead.append_or_spool(an_entry())
    store.is_up = True
    [spool] = (home / "spool").glob("*.spool")
    spool.write_bytes(spool.read_bytes().replace(b"S00007", b"S00008"))

    async with Trail(store.connect, home) as trail:
        await trail.append(an_entry())
        await come_home(connection, 3)
    await sequencer.drain()

    assert await connection.fetchval("select reason from trail_set_aside") == "seal"


async def test_a_log_with_spooled_entries_is_sound(
    store: Store,
    home: Path,
    connection: asyncpg.Connection,
    sequencer: Sequencer,
    tmp_path: Path,
    an_entry: MakeEntry,
) -> None:
    async with Trail(store.connect, home) as trail:
        for _ in range(3):
            await trail.append(an_entry())
            store.is_up = False
            await trail.append_or_spool(an_entry())
            await trail.append_or_spool(an_entry())
            store.is_up = True
            await asyncio.sleep(0.6)
    await sequencer.drain()
    await export_log(connection, tmp_path / "log", trail.key.verifier)

    verdict = verify(tmp_path / "log", [trail.key.verifier])

    assert verdict.status is Status.SOUND, verdict.sentence()
    assert verdict.entries == 11  # opening and closing entries too
