"""`kill -9` loses no acknowledged entry; whoever deletes entries afterwards is found out."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
import pytest

from audit.connection import Connect
from audit.entry import Entry
from audit.export import export_log
from audit.sequencer import Sequencer
from audit.trail import Trail
from audit.verdict import Status
from audit.verify import verify

MakeEntry = Callable[..., Entry]

WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from audit.connection import own_pool
from audit.entry import Entry, Result
from audit.sequencer import Sequencer
from audit.trail import Trail

async def main(dsn, home):
    async with own_pool(dsn) as connect, Trail(connect, Path(home)) as trail:
        sequencing = asyncio.create_task(Sequencer(connect, Path(home), trail).run(asyncio.Event()))
        async def write(writer):
            turn = 0
            while True:
                turn += 1
                entry = Entry(at=datetime.now(UTC), action="customer:read", result=Result.DONE,
                              details={"writer": writer, "turn": turn})
                if writer % 2:
                    await trail.append(entry)
                else:
                    async with connect() as connection:
                        transaction = connection.transaction()
                        await transaction.start()
                        async with trail.within(connection, entry):
                            await transaction.commit()
                print(writer, turn, flush=True)
        await asyncio.gather(*(write(writer) for writer in range(6)))

asyncio.run(main(*sys.argv[1:]))
"""


async def killed_after(seconds: float, dsn: str, home: Path) -> set[tuple[int, int]]:
    """Let a process write and sequence, kill it, and return what it had acknowledged."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, dsn, str(home), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    first = await process.stdout.readline()
    await asyncio.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest = await process.stdout.read()
    await process.wait()
    lines = (first + rest).split(b"\n")[:-1]
    return {(int(writer), int(turn)) for writer, turn in (line.split() for line in lines)}


async def test_killing_the_process_loses_no_acknowledged_entry(
    dsn: str,
    home: Path,
    connect: Connect,
    connection: asyncpg.Connection,
    tmp_path: Path,
    an_entry: MakeEntry,
) -> None:
    acknowledged: set[tuple[int, int]] = set()
    for trial in range(5):
        acknowledged = await killed_after(0.05 + trial * 0.07, dsn, home)

        async with Trail(connect, home) as trail:
            await trail.append(an_entry())
            await recovered(trail)
            await Sequencer(connect, home, trail).drain()
        rows = await connection.fetch("select entry from trail_entry")
        details = [orjson.loads(row["entry"])["details"] for row in rows]
        found = {(one["writer"], one["turn"]) for one in details if "writer" in one}
        assert acknowledged <= found

    async with Trail(connect, home) as trail:
        await Sequencer(connect, home, trail).drain()
    await export_log(connection, tmp_path / "log", trail.key.verifier)
    verdict = verify(tmp_path / "log", [trail.key.verifier])
    assert verdict.status is Status.SOUND, verdict.sentence()


async def recovered(trail: Trail) -> None:
    """Wait until a trail has looked after those that died before it."""
    watch = trail._recovery._watch
    assert watch is not None
    await watch


async def die(trail: Trail) -> None:
    """End as `kill -9` would: nothing is closed, but the system lets go of the locks."""
    await recovered(trail)
    descriptor = trail._heads._descriptor
    assert descriptor is not None
    os.close(descriptor)
    trail._heads._descriptor = None


async def test_entries_deleted_after_a_crash_are_missed_by_the_next_process(
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    tmp_path: Path,
    an_entry: MakeEntry,
) -> None:
    dead = Trail(connect, home, process=UUID(int=4))
    for _ in range(3):
        await dead.append(an_entry())
    await die(dead)
    await connection.execute("delete from trail_pending where number >= 3")

    async with Trail(connect, home) as trail:
        await trail.append(an_entry())
        await recovered(trail)
        await Sequencer(connect, home, trail).drain()
    await export_log(connection, tmp_path / "log", trail.key.verifier)

    verdict = verify(tmp_path / "log", [trail.key.verifier])
    assert verdict.status is Status.TAMPERED
    assert "acknowledged and then deleted" in verdict.sentence()
    assert "lane 0, number 4" in verdict.sentence()


@pytest.mark.parametrize("is_sequenced", [True, False])
async def test_a_crash_alone_is_no_alarm(
    is_sequenced: bool,
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    dead = Trail(connect, home)
    await dead.append(an_entry())
    if is_sequenced:
        await Sequencer(connect, home, dead).drain()
    await die(dead)

    async with Trail(connect, home) as trail:
        await trail.append(an_entry())
        await recovered(trail)
        await Sequencer(connect, home, trail).drain()

    actions = await connection.fetch("select action from trail_entry")
    assert "trail:gap" not in {row["action"] for row in actions}
    left = list((home / "spool").glob(f"{dead.process}.heads"))
    assert bool(left) is not is_sequenced  # kept until all of it is in the log
