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
from dataclasses import dataclass
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
from audit.verdict import Status
from audit.verify import verify
from store.database import ensure_database
from store.embedded import EmbeddedServer
from store.migrate import migrate

STAFF = UUID(int=7)
WRITERS = (1, 20, 100, 500)


@dataclass(frozen=True)
class Rate:
    """What was counted: by the wall, by this process's CPU, and the wait of the slowest percent."""

    what: str
    a_second: float
    cpu_us: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0

    def __str__(self) -> str:
        """Return a line of the table."""
        waits = f"   p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms" if self.p50_ms else ""
        return f"{self.what:<44} {self.a_second:>9,.0f} /s   {self.cpu_us:>6.1f} us CPU each{waits}"


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
def clocked(rates: list[Rate], what: str, count: int, waits: list[float]) -> Iterator[None]:
    """Count how many a second, by the wall and by this process's CPU; *waits* are in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    waits.sort()
    middle, late = (waits[len(waits) * n // 100] * 1e3 if waits else 0.0 for n in (50, 99))
    rates.append(Rate(what, count / wall, cpu / count * 1e6, middle, late))


async def append(trail: Trail, count: int, writers: int, rows: int, rates: list[Rate]) -> None:
    """Let *writers* append together, each waiting until its entry is durable."""
    waits: list[float] = []
    entries = iter([a_read(rows) for _ in range(count)])

    async def write() -> None:
        for entry in entries:
            began = time.perf_counter()
            await trail.append(entry)
            waits.append(time.perf_counter() - began)

    with clocked(rates, f"append: {writers} writers, {rows} rows each", count, waits):
        await asyncio.gather(*(write() for _ in range(writers)))


async def change(trail: Trail, dsn: str, count: int, writers: int, rates: list[Rate]) -> None:
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
        with clocked(rates, f"within: {writers} writers", count, []):
            await asyncio.gather(*(write(pool) for _ in range(writers)))


async def measured(dsn: str, home: Path, count: int) -> list[Rate]:
    """Run all on an empty, migrated database, and return the figures.

    Raises:
        ValueError: What was written does not verify.
    """
    rates: list[Rate] = []
    async with own_pool(dsn) as connect, Trail(connect, home) as trail:
        for writers in WRITERS:
            await append(trail, count // 20 if writers == 1 else count, writers, 2, rates)
        await append(trail, count // 4, 100, 50, rates)
        await change(trail, dsn, count // 20, 8, rates)
        async with connect() as connection:
            waiting = await connection.fetchval("select count(*) from trail_pending")
            with clocked(rates, "sequence", waiting, []):
                await Sequencer(connect, home, trail).drain()
            with clocked(rates, "export", waiting, []):
                await export_log(connection, home / "log", trail.key.verifier)
    with clocked(rates, "verify", waiting, []):
        verdict = verify(home / "log", [trail.key.verifier])
    if verdict.status is not Status.SOUND:
        raise ValueError(verdict.sentence())
    return rates


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
            print(*uvloop.run(measured(dsn, home, count)), sep="\n")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
