"""Group commit: entries that arrive while one write is under way share the next one."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Final

from audit.connection import UNAVAILABLE_AFTER_S, TrailUnavailable
from audit.entry import Entry

BATCH_MAX: Final = 2_000
WAITING_MAX: Final = 20_000

_log = logging.getLogger(__name__)


class Group:
    """A queue of entries with one writer.

    An entry that was taken in is written even if whoever brought it is cancelled: someone who hangs
    up must not be able to keep a refusal out of the trail. One whose time ran out while it waited
    is not written any more.

    Args:
        write: Makes a batch durable, all or nothing; raises TrailUnavailable.
    """

    def __init__(self, write: Callable[[list[Entry]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: deque[tuple[Sequence[Entry], asyncio.Future[None]]] = deque()
        self._wake = asyncio.Event()
        self._is_closing = False
        self._writer: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """Write what waits, and stop the writer."""
        self._is_closing = True
        self._wake.set()
        if self._writer is not None:
            await self._writer

    async def add(self, entries: Sequence[Entry]) -> None:
        """Return when *entries* are durable; with none, when the store has answered.

        Raises:
            TrailUnavailable: They are not, after 2 seconds or sooner.
        """
        if self._is_closing:
            raise TrailUnavailable("The audit trail is closed.")
        if len(self._waiting) >= WAITING_MAX:
            raise TrailUnavailable("Too many entries wait for the audit trail.")
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entries, future))
        self._wake.set()
        if self._writer is None or self._writer.done():
            # A context of its own: it must not inherit the transaction of whoever comes first.
            self._writer = asyncio.create_task(self._run(), context=Context())
        done, _ = await asyncio.wait((future,), timeout=UNAVAILABLE_AFTER_S)
        if not done:
            future.cancel()
            raise TrailUnavailable("The audit trail did not answer in time.")
        future.result()

    async def _run(self) -> None:
        while self._waiting or not self._is_closing:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await self._write_next()
            if self._is_closing:
                self._wake.set()

    async def _write_next(self) -> None:
        batch: list[Entry] = []
        futures: list[asyncio.Future[None]] = []
        while self._waiting and len(batch) < BATCH_MAX:
            entries, future = self._waiting.popleft()
            if not future.cancelled():
                batch.extend(entries)
                futures.append(future)
        error = await self._outcome(batch) if futures else None
        for future in futures:
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
                future.exception()  # whoever asked may be gone: then nobody else would look at it

    async def _outcome(self, batch: list[Entry]) -> TrailUnavailable | None:
        try:
            await self._write(batch)
        except TrailUnavailable as error:
            return error
        except Exception as error:
            _log.exception("The audit trail could not be written.")
            return TrailUnavailable(
                f"The audit trail could not be written: {type(error).__name__}."
            )
        return None
