"""Every acknowledged entry gets into the signed log once, in order; meddling is found."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import orjson

from audit.checkpoint import read_checkpoint
from audit.connection import Connect
from audit.entry import Entry
from audit.sequencer import Sequencer
from audit.stored import consistency_proof, inclusion_proof
from audit.trail import Trail
from audit.tree import leaf_hash, root_of, verify_consistency, verify_inclusion

MakeEntry = Callable[..., Entry]


async def log_of(connection: asyncpg.Connection) -> list[bytes]:
    rows = await connection.fetch("select index, entry from trail_entry order by index")
    assert [row["index"] for row in rows] == list(range(len(rows)))
    return [row["entry"] for row in rows]


async def test_all_that_was_appended_is_in_the_log_once_and_signed(
    trail: Trail, sequencer: Sequencer, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    for size in (1, 255, 1, 300):
        await asyncio.gather(*(trail.append(an_entry()) for _ in range(size)))
        await sequencer.drain()

    entries = await log_of(connection)
    note = await connection.fetchval("select note from trail_head")
    checkpoint = read_checkpoint(note, [trail.key.verifier])
    assert len(entries) == checkpoint.size == 558  # with trail:open
    assert checkpoint.root == root_of([leaf_hash(entry) for entry in entries])
    assert await connection.fetchval("select count(*) from trail_pending") == 0


async def test_an_entry_is_found_by_who_what_when_and_whom_it_concerns(
    trail: Trail, sequencer: Sequencer, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry(type="Activity", rows=(uuid4(),), customers=(UUID(int=5),)))

    await sequencer.drain()

    found = await connection.fetchrow(
        "select * from trail_entry where customers @> $1", [UUID(int=5)]
    )
    assert found is not None
    assert (found["staff_id"], found["action"]) == (UUID(int=7), "customer:read")
    assert found["at"] == datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


async def test_a_change_that_commits_late_is_not_passed_over(
    trail: Trail,
    sequencer: Sequencer,
    dsn: str,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    writer = await asyncpg.connect(dsn)
    transaction = writer.transaction()
    await transaction.start()
    async with trail.within(writer, an_entry(details={"mark": "late"})):
        await trail.append(an_entry(details={"mark": "early"}))
        await sequencer.drain()
        await transaction.commit()
    await writer.close()
    await sequencer.drain()

    marks = [orjson.loads(entry)["details"].get("mark") for entry in await log_of(connection)]
    assert marks == [None, "early", "late"]


async def test_two_sequencers_take_no_entry_twice(
    trail: Trail,
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    stop = asyncio.Event()
    running = [asyncio.create_task(Sequencer(connect, home, trail).run(stop)) for _ in range(2)]
    for _ in range(20):
        await asyncio.gather(*(trail.append(an_entry()) for _ in range(50)))
        await asyncio.sleep(0.02)
    stop.set()
    await asyncio.gather(*running)
    await Sequencer(connect, home, trail).drain()

    numbers = [orjson.loads(entry)["number"] for entry in await log_of(connection)]
    assert numbers == list(range(1, 1_002))


async def test_a_row_that_this_service_did_not_write_is_set_aside_and_told_of(
    trail: Trail, sequencer: Sequencer, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry())
    await connection.execute(
        "insert into trail_pending (process, lane, number, entry, seal)"
        " select gen_random_uuid(), lane, number, entry, 'forged' from trail_pending"
    )

    await sequencer.drain()
    await sequencer.drain()

    last = orjson.loads((await log_of(connection))[-1])
    assert last["action"] == "trail:set_aside"
    assert last["details"]["rows"] == await connection.fetchval(
        "select count(*) from trail_set_aside"
    )


async def test_an_entry_that_is_put_back_after_sequencing_is_not_taken_again(
    trail: Trail, sequencer: Sequencer, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await trail.append(an_entry())
    kept = await connection.fetch("select process, lane, number, entry, seal from trail_pending")
    await sequencer.drain()
    await connection.executemany(
        "insert into trail_pending (process, lane, number, entry, seal)"
        " values ($1, $2, $3, $4, $5)",
        [tuple(row) for row in kept],
    )

    await sequencer.drain()
    await sequencer.drain()

    actions = [orjson.loads(entry)["action"] for entry in await log_of(connection)]
    assert actions == ["trail:open", "customer:read", "trail:set_aside"]


async def test_a_checkpoint_is_kept_at_most_once_a_minute(
    trail: Trail,
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    now = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
    sequencer = Sequencer(connect, home, trail, clock=lambda: now)
    for seconds in (0, 30, 29, 1):
        now += timedelta(seconds=seconds)
        await trail.append(an_entry())
        await sequencer.drain()

    sizes = await connection.fetch("select size from trail_checkpoint order by size")
    assert [row["size"] for row in sizes] == [2, 5]


async def test_stored_hashes_prove_any_entry_and_any_beginning(
    trail: Trail, sequencer: Sequencer, connection: asyncpg.Connection, an_entry: MakeEntry
) -> None:
    await asyncio.gather(*(trail.append(an_entry()) for _ in range(599)))
    await sequencer.drain()
    leaves = [leaf_hash(entry) for entry in await log_of(connection)]
    root = root_of(leaves)

    for index in (0, 255, 256, 511, 512, 599):
        proof = await inclusion_proof(connection, index, 600)
        verify_inclusion(index, 600, leaves[index], proof, root)
    for old in (1, 256, 300, 599, 600):
        proof = await consistency_proof(connection, old, 600)
        verify_consistency(old, 600, proof, root_of(leaves[:old]), root)
