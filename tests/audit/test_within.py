"""An entry is there exactly if its change is, and no rollback leaves a gap."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
import orjson
import pytest

from audit.connection import STORE_ERRORS
from audit.entry import Entry
from audit.trail import Trail
from tests.audit.test_trail import chains, ensure_linked

MakeEntry = Callable[..., Entry]


async def test_an_entry_within_a_change_is_there_exactly_if_the_change_is(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    writer = await asyncpg.connect(dsn)
    for turn in range(6):
        transaction = writer.transaction()
        await transaction.start()
        async with trail.within(writer, an_entry(details={"turn": turn})):
            await (transaction.rollback() if turn % 2 else transaction.commit())
    await writer.close()

    entries = (await chains(connection))[1]
    assert [orjson.loads(entry)["details"]["turn"] for entry in entries] == [0, 2, 4]
    ensure_linked(entries)


async def test_a_change_that_raises_leaves_no_gap(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    writer = await asyncpg.connect(dsn)
    for turn in range(6):
        with suppress(ZeroDivisionError):
            async with writer.transaction(), trail.within(writer, an_entry(details={"turn": turn})):
                raise ZeroDivisionError
        transaction = writer.transaction()
        await transaction.start()
        async with trail.within(writer, an_entry(details={"turn": turn})):
            await transaction.commit()
    await writer.close()

    for entries in (await chains(connection)).values():
        ensure_linked(entries)


async def test_many_changes_at_once_leave_lanes_without_a_gap(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async def change(turn: int) -> None:
        async with pool.acquire() as writer:
            transaction = writer.transaction()
            await transaction.start()
            try:
                async with trail.within(writer, an_entry(details={"turn": turn})):
                    if turn % 5 == 0:
                        raise ZeroDivisionError
                    await transaction.commit()
            except ZeroDivisionError:
                await transaction.rollback()

    async with asyncpg.create_pool(dsn, min_size=1, max_size=12) as pool:
        await asyncio.gather(*(change(turn) for turn in range(200)))

    lanes = await chains(connection)
    assert sum(map(len, lanes.values())) == 160
    for entries in lanes.values():
        ensure_linked(entries)


async def test_a_block_that_forgets_to_commit_is_told_so_and_leaves_no_gap(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    writer = await asyncpg.connect(dsn)
    with pytest.raises(RuntimeError, match="must commit"):
        async with writer.transaction(), trail.within(writer, an_entry()):
            pass
    await writer.close()

    assert await chains(connection) == {}


async def test_a_connection_cut_at_commit_leaves_the_chain_whole(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    committed = []
    for turn in range(30):
        writer = await asyncpg.connect(dsn)
        pid = writer.get_server_pid()
        transaction = writer.transaction()
        await transaction.start()
        with suppress(*STORE_ERRORS):
            async with trail.within(writer, an_entry(details={"turn": turn})):
                cut = asyncio.create_task(cut_after(connection, pid, turn / 30_000))
                try:
                    await transaction.commit()
                    committed.append(turn)
                finally:
                    await cut
        writer.terminate()

    entries = [entry for lane in (await chains(connection)).values() for entry in lane]
    found = {orjson.loads(entry)["details"]["turn"] for entry in entries}
    assert found >= set(committed)
    for lane in (await chains(connection)).values():
        ensure_linked(lane)


async def cut_after(connection: asyncpg.Connection, pid: int, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await connection.execute("select pg_terminate_backend($1)", pid)


async def test_changes_cancelled_at_any_moment_leave_no_gap(
    trail: Trail, dsn: str, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    async def change(turn: int) -> None:
        async with pool.acquire() as writer:
            transaction = writer.transaction()
            await transaction.start()
            try:
                async with trail.within(writer, an_entry(details={"turn": turn})):
                    await transaction.commit()
                    return
            except asyncio.CancelledError:
                with suppress(asyncpg.InterfaceError):
                    await transaction.rollback()
                raise

    async with asyncpg.create_pool(dsn, min_size=1, max_size=4) as pool:
        for turn in range(60):
            task = asyncio.create_task(change(turn))
            await asyncio.sleep(turn / 10_000)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await change(60)

    for entries in (await chains(connection)).values():
        ensure_linked(entries)
