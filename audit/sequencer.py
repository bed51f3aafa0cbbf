"""Takes entries from `trail_pending` into the log: consecutive indexes, a tree, a signature.

Whatever is visible is taken, oldest arrival first; nothing is ever skipped because something newer
was seen. Everything a round does is one transaction, so a crash leaves either the whole round or
nothing, and no acknowledged entry is lost.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from audit.connection import STORE_ERRORS, Connect, Connection
from audit.entry import Entry, Result
from audit.head import (
    Head,
    HeadBroken,
    HeadMoved,
    ensure_head_fits,
    ensure_signed,
    move_head,
    read_head,
)
from audit.intake import (
    Intake,
    Pending,
    PendingChanged,
    enter,
    lane_ends,
    pending_rows,
    set_aside,
    take_in,
    take_out,
)
from audit.memory import keep_seen
from audit.trail import Trail
from audit.tree import Edge
from audit.wording import COUNT_MAX

_log = logging.getLogger(__name__)

BATCH_MAX: Final = 2_000
PAUSE_S: Final = 0.2
TURN_PAUSE_S: Final = 0.02
_TURN: Final = 0x77656968_75  # advisory lock: only one sequencer at a time


class Sequencer:
    """Sequences the log of one store.

    Args:
        connect: Gives raw asyncpg connections.
        home: WEIHU_HOME.
        trail: For the sequencer's own entries; its key signs.
        clock: Says what time it is, UTC.
    """

    def __init__(
        self,
        connect: Connect,
        home: Path,
        trail: Trail,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._connect, self._home, self._trail, self._clock = connect, home, trail, clock
        self._key = trail.key
        self._known: Head | None = None
        self._is_started = False

    async def start(self) -> None:
        """Check the head against the data before anything is added to it.

        Raises:
            HeadBroken: They do not fit; sequencing must not go on.
        """
        async with (
            self._connect() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            self._known = await ensure_head_fits(connection, self._home, self._key.verifier)
        self._is_started = True

    async def run(self, stop: asyncio.Event) -> None:
        """Sequence until *stop* is set, whatever the store does meanwhile.

        Raises:
            HeadBroken: The log in the store is not the one that was signed.
        """
        is_told = False
        while not stop.is_set():
            sequenced = 0
            try:
                sequenced = await self._round() or 0
                is_told = False
            except (*STORE_ERRORS, HeadMoved, PendingChanged):
                if not is_told:
                    _log.warning("The trail's sequencer goes on trying.", exc_info=True)
                is_told = True
            if sequenced < BATCH_MAX:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE_S)

    async def drain(self) -> int:
        """Sequence what is there now; return how many entries this took in.

        Raises:
            HeadBroken: The log in the store is not the one that was signed.
        """
        async with self._connect() as connection:
            last = await connection.fetchval("select max(arrived) from trail_pending")
        taken = 0
        while last is not None:
            count = await self._round()
            taken += count or 0
            async with self._connect() as connection:
                if await connection.fetchval(_IS_DRAINED, last):
                    break
            if count is None:
                await asyncio.sleep(TURN_PAUSE_S)
        return taken

    async def _round(self) -> int | None:
        """Take one batch in; None if another sequencer is at it."""
        if not self._is_started:
            await self.start()
        async with self._connect() as connection:
            if not await connection.fetchval("select exists (select from trail_pending)"):
                return 0
            transaction = connection.transaction()
            await transaction.start()
            try:
                if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _TURN):
                    await transaction.rollback()
                    return None
                head, intake, count = await self._sequence(connection)
                if intake.strange:
                    async with self._trail.within(connection, self._told(intake.strange)):
                        await transaction.commit()
                else:
                    await transaction.commit()
            except BaseException:
                with contextlib.suppress(*STORE_ERRORS):
                    await transaction.rollback()
                raise
        self._known = head
        if head is not None:
            await asyncio.to_thread(keep_seen, self._home, head.note)
        return count

    async def _sequence(self, connection: Connection) -> tuple[Head | None, Intake, int]:
        """Move one batch, in the transaction that is open; return the head after it."""
        old = await read_head(connection)
        self._ensure_known(old)
        pending = await pending_rows(connection, BATCH_MAX)
        intake = take_in(pending, await lane_ends(connection, pending), self._key)
        tree = old.tree() if old else Edge()
        first = tree.size
        complete = tree.extend(taken.leaf_hash for taken in intake.taken)
        await enter(connection, first, intake, complete)
        await set_aside(connection, intake.strange, self._clock())
        await take_out(connection, pending)
        if not intake.taken:
            return old, intake, len(pending)
        head = await move_head(connection, old, tree, self._key, self._clock())
        return head, intake, len(pending)

    def _ensure_known(self, head: Head | None) -> None:
        """Refuse a head that is neither the last one seen nor a later one over our signature."""
        known = self._known
        if head is None or head == known:
            if head != known:
                raise HeadBroken("The head of the trail has been deleted.")
            return
        if known is not None and head.size <= known.size:
            raise HeadBroken(f"The head of the trail was set back to {head.size} entries.")
        ensure_signed(head, self._key.verifier)

    def _told(self, strange: Sequence[tuple[Pending, str]]) -> Entry:
        """Return the entry that tells of rows which this service did not write."""
        _log.error("%d rows of trail_pending were not written by this service.", len(strange))
        row, reason = strange[0]
        return Entry(
            at=self._clock(),
            action="trail:set_aside",
            result=Result.REFUSED,
            details={
                "rows": len(strange),
                "reason": reason,
                "process": row.process,
                "lane": row.lane,
                "number": min(max(row.number, -COUNT_MAX), COUNT_MAX),
            },
        )


_IS_DRAINED: Final = "select not exists (select from trail_pending where arrived <= $1)"
