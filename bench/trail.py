"""How many entries a second become durable, are sequenced, and are verified.

    python -m bench.trail [ENTRIES]

Runs on an embedded PostgreSQL of its own, with fsync on, in a folder that is removed afterwards.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import uvloop

from audit.connection import own_pool
from audit.entry import Entry, Result, Shown
from audit.export import export_log
from audit.sequencer import Sequencer
from audit.trail import Trail
from audit.verify import verify
from store.database import ensure_database
from store.embedded import EmbeddedServer
from store.migrate import migrate

STAFF = UUID(int=7)


def a_read(rows: int) -> Entry:
    """Return what a list of so many customers puts on record."""
    return Entry(
        at=datetime.now(UTC),
        action="customer:read",
        result=Result.DONE,
        staff_id=STAFF,
        staff_no="S00007",
        roles=("customer_manager",),
        unit="/3207/320701/",
        session="0123456789abcdef",
        type="Customer",
        rows=tuple(uuid4() for _ in range(rows)),
        fields={"customer.name": Shown(masked=rows), "customer.tier": Shown(clear=rows)},
        line="customer_manager customer:read own",
        policy="2026-01-01.1",
        request=str(uuid4()),
        operation="CustomerList",
    )


@contextmanager
def clocked(what: str, count: int) -> Iterator[None]:
    """Print how many a second, by the wall and by this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<44} {count / wall:>9,.0f} /s   {cpu / count * 1e6:>6.1f} us CPU each")


async def append(trail: Trail, count: int, writers: int, rows: int) -> None:
    """Let *writers* append together, each waiting until its entry is durable."""
    waits: list[float] = []
    entries = iter([a_read(rows) for _ in range(count)])

    async def write() -> None:
        for entry in entries:
            began = time.perf_counter()
            await trail.append(entry)
            waits.append(time.perf_counter() - began)

    with clocked(f"append: {writers} writers, {rows} rows each", count):
        await asyncio.gather(*(write() for _ in range(writers)))
    waits.sort()
    middle, late = waits[len(waits) // 2] * 1e3, waits[len(waits) * 99 // 100] * 1e3
    print(f"{'':<44} p50 {middle:.1f} ms, p99 {late:.1f} ms")


async def change(trail: Trail, dsn: str, count: int, writers: int) -> None:
    """Let *writers* commit transactions with one entry each."""
    turns = iter(range(count))

    async def write(pool: asyncpg.Pool) -> None:
        async with pool.acquire() as connection:
            for _ in turns:
                transaction = connection.transaction()
                await transaction.start()
                async with trail.within(connection, a_read(1)):
                    await transaction.commit()

    async with asyncpg.create_pool(dsn, min_size=writers, max_size=writers) as pool:
        with clocked(f"within: {writers} writers", count):
            await asyncio.gather(*(write(pool) for _ in range(writers)))


async def bench(dsn: str, home: Path, count: int) -> None:
    """Run all."""
    async with own_pool(dsn) as connect, Trail(connect, home) as trail:
        for writers in (1, 20, 100, 500):
            await append(trail, count // 20 if writers == 1 else count, writers, 2)
        await append(trail, count // 4, 100, 50)
        await change(trail, dsn, count // 20, 8)
        async with connect() as connection:
            waiting = await connection.fetchval("select count(*) from trail_pending")
            with clocked("sequence", waiting):
                await Sequencer(connect, home, trail).drain()
            with clocked("export", waiting):
                await export_log(connection, home / "log", trail.key.verifier)
    with clocked("verify", waiting):
        verdict = verify(home / "log", [trail.key.verifier])
    print(verdict.sentence())


def main() -> None:
    """Make a database, run, and clean up."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = EmbeddedServer(home)
        dsn = server.start()
        asyncio.run(ensure_database(dsn))
        migrate(dsn)
        try:
            uvloop.run(bench(dsn, home, count))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
