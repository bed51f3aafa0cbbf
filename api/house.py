"""Open the house: database, keys, policy, trail, rule book; keep what runs beside requests."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime

from api.opening import Opened
from audit.connection import own_pool
from audit.head import HeadBroken
from audit.sequencer import Sequencer
from audit.trail import Trail
from authz.policy import policy_in_force
from gate.actor import console
from gate.house import House
from services.assignment import assign_unmanaged
from services.calendar import calendar_around
from services.fact import is_demo
from services.obligation import open_obligations
from store.key import open_vault
from store.key_ring import SEEN_SECONDS, renew_ring
from store.rule_book import load_rule_book

ROUND_SECONDS = 1800  # obligations appear and lapse by the day; twice an hour is often enough
_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class OpenHouse:
    """The house, and the sequencer that the command line drains and the server runs."""

    house: House
    sequencer: Sequencer


@asynccontextmanager
async def house_of(opened: Opened) -> AsyncIterator[OpenHouse]:
    """Open everything on an open database for a block.

    What a command has the trail remember is sequenced by the server, or by an export.
    """
    settings, database = opened.settings, opened.database
    async with database.own_connection() as connection:
        vault = await open_vault(connection, settings.home, os.environ, _now())
    with closing(vault):
        async with own_pool(database.dsn) as connect, Trail(connect, settings.home) as trail:
            house = House(
                database=database,
                vault=vault,
                policy=policy_in_force(),
                trail=trail,
                rule_book=load_rule_book(),
                now=_now,
                calendar_around=calendar_around,
                home=settings.home,
                is_demo=await is_demo(database),
            )
            yield OpenHouse(house, Sequencer(connect, settings.home, trail))


@asynccontextmanager
async def kept_running(opened: OpenHouse) -> AsyncIterator[None]:
    """Run the sequencer and the daily round beside the requests, for a block.

    Raises:
        HeadBroken: The log in the database is not the one that was signed.
    """
    stop = asyncio.Event()
    await opened.sequencer.start()
    async with asyncio.TaskGroup() as group:
        group.create_task(_sequence(opened.sequencer, stop), name="sequencer")
        group.create_task(_rounds(opened.house, stop), name="rounds")
        group.create_task(_look_at_ring(opened.house, stop), name="ring")
        try:
            yield
        finally:
            stop.set()


async def _sequence(sequencer: Sequencer, stop: asyncio.Event) -> None:
    """Sequence; nothing is served on over a log that somebody has changed."""
    try:
        await sequencer.run(stop)
    except HeadBroken:
        _log.critical("The audit log is not the one that was signed: the server stops.")
        os.kill(os.getpid(), signal.SIGTERM)


async def _look_at_ring(house: House, stop: asyncio.Event) -> None:
    """Load the keys that a resealing has put into the ring, before it uses them."""
    while not stop.is_set():
        try:
            async with house.database.connection() as connection:
                if await renew_ring(connection, house.vault, house.home, os.environ):
                    _log.info("The key ring has changed and was loaded anew.")
        except Exception:
            _log.exception("The key ring could not be looked at; it is tried again.")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SEEN_SECONDS)


async def _rounds(house: House, stop: asyncio.Event) -> None:
    """Find managers for those who have none, then open and close obligations."""
    while not stop.is_set():
        try:
            await assign_unmanaged(console(house))
            await open_obligations(console(house))
        except Exception:
            _log.exception("The daily round failed; it is tried again.")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), ROUND_SECONDS)
