"""An entry that was acknowledged is there, in an order without gaps, whatever is cut off."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
import pytest

from audit.connection import Connect, TrailUnavailable
from audit.entry import Entry
from audit.trail import Trail
from audit.tree import leaf_hash

MakeEntry = Callable[..., Entry]


async def chains(connection: asyncpg.Connection) -> dict[int, list[bytes]]:
    """Return the pending entries of each lane, by number."""
    rows = await connection.fetch("select lane, number, entry from trail_pending order by 1, 2")
    lanes: dict[int, list[bytes]] = {}
    for lane, number, entry in rows:
        lanes.setdefault(lane, []).append(entry)
        assert number == len(lanes[lane])
    return lanes


def ensure_linked(entries: list[bytes]) -> None:
    for before, after in pairwise(entries):
        assert orjson.loads(after)["previous"] == leaf_hash(before).hex()


async def test_a_thousand_entries_at_once_are_chained_in_order_without_a_gap(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await asyncio.gather(*(trail.append(an_entry(details={"turn": turn})) for turn in range(1_000)))

    entries = (await chains(connection))[0]
    assert [orjson.loads(entry)["details"].get("turn") for entry in entries] == [
        None,  # trail:open
        *range(1_000),
    ]
    ensure_linked(entries)


async def test_an_entry_is_there_when_append_returns(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry(details={"mark": "here"}))

    [_, entry] = (await chains(connection))[0]
    assert orjson.loads(entry)["details"] == {"mark": "here"}


async def test_an_entry_with_too_many_rows_is_written_in_parts(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry(rows=tuple(UUID(int=n) for n in range(1_100))))

    parts = [orjson.loads(entry) for entry in (await chains(connection))[0][1:]]
    assert [len(part["rows"]) for part in parts] == [500, 500, 100]
    assert [part["details"] for part in parts] == [{"part": n, "parts": 3} for n in (1, 2, 3)]
    assert [bool(part["fields"]) for part in parts] == [True, False, False]


async def test_a_cut_connection_fails_nobody_who_appends(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async def cut_connections() -> None:
        for _ in range(40):
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            await asyncio.sleep(0.01)

    async def append_all() -> None:
        for turn in range(300):
            await trail.append(an_entry(details={"turn": turn}))

    await asyncio.gather(cut_connections(), append_all())

    entries = (await chains(connection))[0]
    turns = [orjson.loads(entry)["details"].get("turn") for entry in entries[1:]]
    assert turns == list(range(300))
    ensure_linked(entries)


async def test_an_entry_is_written_though_its_caller_hung_up(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    caller = asyncio.create_task(trail.append(an_entry(details={"mark": "hung-up"})))
    await asyncio.sleep(0)
    caller.cancel()
    with suppress(asyncio.CancelledError):
        await caller

    await trail.append(an_entry(details={"mark": "after"}))

    marks = [orjson.loads(entry)["details"].get("mark") for entry in (await chains(connection))[0]]
    assert marks == [None, "hung-up", "after"]


async def test_a_store_that_hangs_is_given_up_within_two_seconds(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry())
    loop = asyncio.get_running_loop()

    async with connection.transaction():
        await connection.execute("lock table trail_pending in access exclusive mode")
        began = loop.time()
        with pytest.raises(TrailUnavailable):
            await trail.append(an_entry(details={"mark": "late"}))
        first = loop.time() - began
        with pytest.raises(TrailUnavailable):
            await trail.append(an_entry())
        second = loop.time() - began - first

    assert first < 2.1
    assert second < 0.1  # known to be down: refused at once


async def test_the_trail_goes_on_when_the_store_is_back(
    trail: Trail, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry())
    async with connection.transaction():
        await connection.execute("lock table trail_pending in access exclusive mode")
        with pytest.raises(TrailUnavailable):
            await trail.append(an_entry())

    await asyncio.sleep(0.8)
    await trail.append(an_entry(details={"mark": "back"}))

    entries = (await chains(connection))[0]
    assert orjson.loads(entries[-1])["details"] == {"mark": "back"}
    ensure_linked(entries)


async def test_closing_says_how_far_each_lane_came(
    connect: Connect, home: Path, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async with Trail(connect, home) as trail:
        await trail.append(an_entry())
        writer = await asyncpg.connect(dsn)
        transaction = writer.transaction()
        await transaction.start()
        async with trail.within(writer, an_entry()):
            await transaction.commit()
        await writer.close()

    last = orjson.loads((await chains(connection))[0][-1])
    assert last["action"] == "trail:close"
    assert last["details"] == {"lanes": [1, 0, 0, 0, 0, 0, 0, 0]}
