"""What the trail does when the store is back, for itself and for processes that died."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import Context
from datetime import datetime
from pathlib import Path
from typing import Final

from audit.connection import STORE_ERRORS, Connect, Connection, TrailUnavailable
from audit.entry import Entry, Result
from audit.memory import Head, heads_left_behind, left_behind
from audit.spool import RESERVE_SUFFIX, SPOOL_SUFFIX, Spool, drain_lines

LOOKS_AGAIN_EVERY_S: Final = 0.5

_log = logging.getLogger(__name__)


class Recovery:
    """Watches for the store to come back; then brings home spools, and misses what is gone.

    Args:
        connect: Gives connections.
        folder: WEIHU_HOME/spool.
        spool: This process's spool.
        append: Appends entries; with none, asks whether the store answers.
        clock: Says what time it is, UTC.
    """

    def __init__(
        self,
        connect: Connect,
        folder: Path,
        spool: Spool,
        append: Callable[[tuple[Entry, ...]], Awaitable[None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._connect, self._folder, self._spool = connect, folder, spool
        self._append, self._clock = append, clock
        self.is_down = False
        self._is_due = True
        self._is_closed = False
        self._watch: asyncio.Task[None] | None = None

    def store_answered(self) -> None:
        """Do what has been waiting for the store, in the background."""
        if self._is_closed:  # the closing entry is written when nobody waits for us any more
            return
        if self._is_due and (self._watch is None or self._watch.done()):
            self._watch = asyncio.create_task(self._recover(), context=Context())

    def store_failed(self) -> None:
        """Refuse entries at once from now on, until the store answers."""
        self.is_down = self._is_due = True
        self.store_answered()

    def entries_were_spooled(self) -> None:
        """There is something to bring home."""
        self._is_due = True

    async def close(self) -> None:
        """Stop watching, for good."""
        self._is_closed = True
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)

    async def _recover(self) -> None:
        while self._is_due:
            try:
                await self._append(())
                self.is_down = self._is_due = False
                async with self._connect() as connection:
                    await self._spool.drain(connection)
                    await _bring_home_spools(connection, self._folder)
                    missing = await _look_for_heads(connection, self._folder)
                for path, heads in missing:
                    await self._append(tuple(map(self._gap, heads)))
                    path.unlink()
            except (*STORE_ERRORS, TrailUnavailable):
                self._is_due = True
                await asyncio.sleep(LOOKS_AGAIN_EVERY_S)

    def _gap(self, head: Head) -> Entry:
        """Return the entry that says: acknowledged entries of a process that died were deleted."""
        _log.error("Audit entries are gone: process %s, lane %d, number %d.", *head[:3])
        return Entry(
            at=self._clock(),
            action="trail:gap",
            result=Result.FAILED,
            details={
                "process": head.process,
                "lane": head.lane,
                "number": head.number,
                "leaf_hash": f"sha256:{head.leaf_hash.hex()}",
            },
        )


async def _bring_home_spools(connection: Connection, folder: Path) -> None:
    """Move the spools that dead processes left in *folder* into the store."""
    for path in left_behind(folder, SPOOL_SUFFIX):
        await drain_lines(connection, await asyncio.to_thread(path.read_bytes))
        path.unlink()
    for path in left_behind(folder, RESERVE_SUFFIX):
        path.unlink()


async def _look_for_heads(connection: Connection, folder: Path) -> list[tuple[Path, list[Head]]]:
    """Return heads that dead processes left behind and the store has lost: someone deleted entries.

    A file whose lanes are all sequenced has served and is removed. One that still waits for the
    sequencer stays for the next process to look at.
    """
    missing = []
    for path, heads in heads_left_behind(folder):
        places = [await _place(connection, head) for head in heads]
        if "nowhere" in places:
            lost = [head for head, place in zip(heads, places, strict=True) if place == "nowhere"]
            missing.append((path, lost))
        elif "pending" not in places:
            path.unlink()
    return missing


async def _place(connection: Connection, head: Head) -> str:
    """Return 'sequenced', 'pending' or 'nowhere'; in one statement, for it may move meanwhile."""
    place = await connection.fetchval(
        """
        select case
            when exists (
                select from trail_lane where (process, lane) = ($1, $2)
                and (number > $3 or (number = $3 and leaf_hash = $4))) then 'sequenced'
            when exists (
                select from trail_pending
                where (process, lane, number) = ($1, $2, $3)) then 'pending'
            else 'nowhere'
        end
        """,
        *head,
    )
    return str(place)
