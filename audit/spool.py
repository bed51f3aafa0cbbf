"""Entries that wait on disk while the store is down: chained, sealed, bounded, brought home.

One file a process, WEIHU_HOME/spool/<process>.spool, one line an entry: process, lane, number,
seal, canonical JSON. It is synced before an entry counts as durable, and locked as long as the
process lives.
"""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from audit.connection import Connection, TrailUnavailable
from audit.entry import Entry
from audit.group import Group
from audit.key import TrailKey
from audit.lane import SPOOLED, Lane, Row

SPOOL_BYTES_MAX: Final = 64 * 2**20
RESERVE_BYTES: Final = 2**20  # of the bound, and on the disk, for what must always work
SPOOL_SUFFIX: Final = ".spool"
RESERVE_SUFFIX: Final = ".reserve"
_DRAINED_AT_ONCE: Final = 500


class Spool:
    """This process's spool.

    Args:
        folder: WEIHU_HOME/spool.
        process: The process.
        key: Seals the rows.
        bytes_max: How much it holds before it refuses.
    """

    def __init__(
        self, folder: Path, process: UUID, key: TrailKey, bytes_max: int = SPOOL_BYTES_MAX
    ) -> None:
        self.path = folder / f"{process}{SPOOL_SUFFIX}"
        self._reserve = folder / f"{process}{RESERVE_SUFFIX}"
        self._lane = Lane(process, SPOOLED, key)
        self._bytes_max = bytes_max
        self._descriptor: int | None = None
        self._reserved: int | None = None
        self._end = 0  # bytes that are whole and synced
        self._turn = asyncio.Lock()
        self._ordinary = Group(partial(self._write, False))
        self._essential = Group(partial(self._write, True))

    @property
    def holds_entries(self) -> bool:
        """Tell whether entries wait in it."""
        return self._end > 0

    def make_reserve(self) -> None:
        """Take the disk space now that essential entries may need when the disk is full."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._reserved = _opened(self._reserve)
        with contextlib.suppress(OSError):
            os.posix_fallocate(self._reserved, 0, RESERVE_BYTES)

    async def add(self, entries: Sequence[Entry], *, is_essential: bool = False) -> None:
        """Return when *entries* are on disk.

        Args:
            entries: What to keep.
            is_essential: A sign-out, a revocation, a lock: may use the reserve.

        Raises:
            TrailUnavailable: The spool or the disk is full, or the disk does not answer.
        """
        await (self._essential if is_essential else self._ordinary).add(entries)

    async def drain(self, connection: Connection) -> None:
        """Move what waits into the store."""
        async with self._turn:
            if self._descriptor is not None and self.holds_entries:
                await drain_lines(connection, await asyncio.to_thread(self.path.read_bytes))
                os.ftruncate(self._descriptor, 0)
                self._end = 0

    async def close(self) -> None:
        """Let go of the file; what it holds is drained by the next process."""
        await self._ordinary.close()
        await self._essential.close()
        self._give_up_reserve()
        if self._descriptor is not None:
            if not self.holds_entries:
                self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None

    async def _write(self, is_essential: bool, entries: list[Entry]) -> None:
        async with self._turn:
            rows = self._lane.rows(entries)
            lines = b"".join(map(_line, rows))
            if self._end + len(lines) > self._bytes_max - (0 if is_essential else RESERVE_BYTES):
                raise TrailUnavailable("The spool is full.")
            try:
                await asyncio.to_thread(self._append, lines, is_essential)
            except OSError as error:
                raise TrailUnavailable("Neither the store nor the spool takes entries.") from error
            self._end += len(lines)
            self._lane.was_committed(rows[-1])

    def _append(self, lines: bytes, is_essential: bool) -> None:
        """Write and sync behind what is known to be whole; an error may have left a torn end."""
        if self._descriptor is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = _opened(self.path)
        try:
            _write_at(self._descriptor, lines, self._end)
        except OSError:
            if not is_essential or self._reserved is None:
                raise
            self._give_up_reserve()
            _write_at(self._descriptor, lines, self._end)

    def _give_up_reserve(self) -> None:
        self._reserve.unlink(missing_ok=True)
        if self._reserved is not None:
            os.close(self._reserved)  # only now is the space free
            self._reserved = None


async def drain_lines(connection: Connection, content: bytes) -> None:
    """Insert a spool's entries into the store; those that are there already are passed over.

    A last line without its end was torn by a crash before it was synced, so it was never
    acknowledged.
    """
    rows = [_row(line) for line in content.split(b"\n")[:-1]]
    for start in range(0, len(rows), _DRAINED_AT_ONCE):
        some = rows[start : start + _DRAINED_AT_ONCE]
        await connection.execute(
            """
            insert into trail_pending (process, lane, number, entry, seal)
            select process, lane, number, entry, seal
            from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])
                as row (process, lane, number, entry, seal)
            where not exists (
                select from trail_lane as done
                where done.process = row.process and done.lane = row.lane and done.number >=
                row.number)
            order by number
            on conflict do nothing
            """,
            *(list(column) for column in zip(*(row[:5] for row in some), strict=True)),
        )


def _opened(path: Path) -> int:
    """Open a file of this process's own, locked as long as it lives."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def _write_at(descriptor: int, lines: bytes, start: int) -> None:
    os.ftruncate(descriptor, start)
    rest = memoryview(lines)
    while rest:
        written = os.pwrite(descriptor, rest, start)
        rest, start = rest[written:], start + written
    os.fsync(descriptor)


def _line(row: Row) -> bytes:
    return b"%s %d %d %s %s\n" % (
        str(row.process).encode(),
        row.lane,
        row.number,
        row.seal.hex().encode(),
        row.entry,
    )


def _row(line: bytes) -> Row:
    process, lane, number, seal, entry = line.split(b" ", 4)
    return Row(
        UUID(process.decode()), int(lane), int(number), entry, bytes.fromhex(seal.decode()), b""
    )
