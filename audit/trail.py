"""The way into the audit trail: in batches of its own, or in the transaction of a change.

What holds at any moment, whatever is cancelled, killed or cut off:

- An entry for which `append` returned, or whose transaction `within` saw committed, is in the
  store.
- Numbers within a lane have no gap, because a number is used again unless its row is known to be
  committed (`lane.settle`).
- An entry may be in the store although its caller was told otherwise (the answer came too late).
  The trail then tells of something that was not shown: the safe side.

Lane 0 carries `append`; lanes 1 to 8 carry `within`, each taken by one transaction at a time, so
that a slow commit holds up neither reads nor other writes. Lane 9 is the spool's.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import UUID, uuid4

from audit.connection import (
    STORE_ERRORS,
    UNAVAILABLE_AFTER_S,
    Connect,
    Connection,
    TrailUnavailable,
)
from audit.entry import Detail, Entry, Result
from audit.group import Group
from audit.key import TrailKey, open_trail_key
from audit.lane import APPENDED, WRITTEN, Lane, Row, insert, insert_in_transaction, outcome, settle
from audit.memory import HeadFile
from audit.recovery import Recovery
from audit.spool import Spool

GIVES_UP_AFTER_S: Final = 1.8  # below the 2 s of whoever waits
_PAUSE_S: Final = 0.05


class Trail:
    """The audit trail of this process.

    Args:
        connect: Gives raw asyncpg connections: `async with connect() as connection`.
        home: WEIHU_HOME: the key, the spool, the heads.
        process: Names this process's chains.
        clock: Says what time it is, UTC.
    """

    def __init__(
        self,
        connect: Connect,
        home: Path,
        *,
        process: UUID | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.process = process or uuid4()
        self.key: TrailKey = open_trail_key(home)
        self._connect, self._clock, self._folder = connect, clock, home / "spool"
        self._appended = Lane(self.process, APPENDED, self.key)
        self._lanes = [Lane(self.process, lane, self.key) for lane in WRITTEN]
        self._free = deque(self._lanes)
        self._free_lanes = asyncio.Semaphore(len(self._lanes))
        self._group = Group(self._write)
        self._heads = HeadFile(self._folder, self.process)
        self._spool = Spool(self._folder, self.process, self.key)
        self._recovery = Recovery(connect, self._folder, self._spool, self._group.add, clock)

    async def __aenter__(self) -> Self:
        self._spool.make_reserve()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def append(self, entry: Entry) -> None:
        """Return when *entry* is durable. Entries that arrive together share one commit.

        Raises:
            TrailUnavailable: It is not, after 2 seconds or sooner; what it tells of must not
                happen.
        """
        if self._recovery.is_down:
            raise TrailUnavailable("The audit trail is out of reach.")
        await self._group.add(tuple(entry.parts()))

    async def append_or_spool(self, entry: Entry, *, is_essential: bool = False) -> None:
        """Return when *entry* is durable, in the store or, if that is down, on this machine's disk.

        For masked lists, and (*is_essential*) for sign-out, revocation and lock. Nothing else may
        use it.

        Raises:
            TrailUnavailable: The spool is full too.
        """
        try:
            await self.append(entry)
        except TrailUnavailable:
            await self._spool.add(tuple(entry.parts()), is_essential=is_essential)
            self._recovery.entries_were_spooled()

    @contextlib.asynccontextmanager
    async def within(self, connection: Connection, entry: Entry) -> AsyncIterator[None]:
        """Write *entry* in the transaction that is open on *connection*; the block commits it.

        The entry is there exactly if the change is. Put nothing into the block but the commit: it
        holds a lane. If the block raises, or rolls back, the chain stays where it was; if the
        answer to the commit is lost, the lane finds out before it is used again.

        Raises:
            TrailUnavailable: The entry could not be inserted; roll back.
            RuntimeError: The block ended with the transaction still open: a bug.
        """
        deadline = asyncio.get_running_loop().time() + UNAVAILABLE_AFTER_S
        async with self._free_lane(deadline) as lane:
            last, transaction_id = await self._insert(
                lane, connection, tuple(entry.parts()), deadline
            )
            yield
            status = await _status(connection, transaction_id)
            if status == "committed":
                lane.was_committed(last)
                self._heads.keep(lane)
            elif status == "aborted":
                lane.was_rolled_back()
            elif status == "in progress":
                raise RuntimeError("Trail.within: the block must commit the transaction.")

    async def close(self) -> None:
        """Write what waits, say how far each lane came, and let go."""
        await self._recovery.close()
        with contextlib.suppress(TrailUnavailable):
            await self._append_closing_entry()
        await self._group.close()
        await self._spool.close()
        self._heads.close()

    async def _append_closing_entry(self) -> None:
        """Say how far each lane came, so that a row that is deleted afterwards is missed."""
        try:
            async with asyncio.timeout(UNAVAILABLE_AFTER_S), self._connect() as connection:
                for lane in self._lanes:
                    await settle(lane, connection)
        except STORE_ERRORS as error:
            raise TrailUnavailable("The audit trail could not be closed.") from error
        lanes = tuple(lane.number for lane in self._lanes)
        if self._appended.number or any(lanes):
            await self.append(self._own_entry("trail:close", {"lanes": lanes}))

    def _own_entry(self, action: str, details: Mapping[str, Detail]) -> Entry:
        return Entry(at=self._clock(), action=action, result=Result.DONE, details=details)

    @contextlib.asynccontextmanager
    async def _free_lane(self, deadline: float) -> AsyncIterator[Lane]:
        """Lend a lane; one in doubt is lent last, because settling it may have to wait."""
        try:
            async with asyncio.timeout_at(deadline):
                await self._free_lanes.acquire()
        except TimeoutError as error:
            raise TrailUnavailable("Too many changes wait for the audit trail.") from error
        lane = self._free.popleft()
        try:
            yield lane
        finally:
            (self._free.appendleft if lane.doubt is None else self._free.append)(lane)
            self._free_lanes.release()

    async def _insert(
        self, lane: Lane, connection: Connection, entries: Sequence[Entry], deadline: float
    ) -> tuple[Row, str]:
        try:
            async with asyncio.timeout_at(deadline):
                if lane.doubt is not None:
                    async with self._connect() as other:
                        await settle(lane, other)
                rows = lane.rows(entries)
                lane.doubt = rows[-1]
                return rows[-1], await insert_in_transaction(connection, rows)
        except STORE_ERRORS as error:
            raise TrailUnavailable("The audit trail did not take the entry.") from error

    async def _write(self, entries: list[Entry]) -> None:
        """Append a batch, trying again while time is left: one cut connection fails no one."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + GIVES_UP_AFTER_S
        sent: list[Row] = []
        while True:
            try:
                async with asyncio.timeout_at(deadline), self._connect() as connection:
                    await self._write_once(connection, entries, sent)
                break
            except STORE_ERRORS as error:
                if loop.time() + _PAUSE_S >= deadline:
                    self._recovery.store_failed()
                    raise TrailUnavailable("The audit trail is out of reach.") from error
                await asyncio.sleep(_PAUSE_S)
        self._recovery.store_answered()

    async def _write_once(
        self, connection: Connection, entries: list[Entry], sent: list[Row]
    ) -> None:
        lane = self._appended
        if await settle(lane, connection) and sent:
            self._heads.keep(lane)  # it had been committed before; only the answer was lost
            return
        if not entries:
            return
        opening = [] if lane.number else [self._own_entry("trail:open", {})]
        sent[:] = lane.rows(opening + entries)
        lane.doubt = sent[-1]
        await insert(connection, sent)
        lane.was_committed(sent[-1])
        self._heads.keep(lane)


async def _status(connection: Connection, transaction_id: str) -> str:
    """Return how the transaction ended, or 'unknown' if the connection no longer says."""
    try:
        async with asyncio.timeout(UNAVAILABLE_AFTER_S):
            return await outcome(connection, transaction_id)
    except STORE_ERRORS:
        return "unknown"
