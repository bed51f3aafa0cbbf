"""The app as it is served: what starts and ends with it, and what runs beside the requests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from api.app import create_app
from api.opening import Opened
from api.settings import Settings
from services.calendar import calendar_around
from store.customer import CustomerRecord
from store.database import Database
from store.migrate import Migrated
from store.obligation import ObligationRecord
from tests.bureau import Bureau


@pytest.fixture
async def running(bureau: Bureau, database: Database, home: Path) -> AsyncIterator[Starlette]:
    """The app, started on the small bureau's database with one customer in it, by the real clock.

    The customer's tier is as old as the calendar, so that a call is owed whatever the date.
    """
    await bureau.customer(tier="vip", manager=None, tier_since_on=None)
    app = create_app(Opened(Settings.from_environment({"WEIHU_HOME": str(home)}), database, _NONE))
    async with app.router.lifespan_context(app):
        yield app


_NONE = Migrated((), ())


async def _healthz(app: Starlette) -> int:
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://weihu") as client:
        return (await client.get("/healthz")).status_code


async def test_it_answers_from_its_start_on(running: Starlette) -> None:
    assert await _healthz(running) == 200
    assert running.state.house.calendar_around is calendar_around


async def test_who_has_no_manager_gets_one_and_is_owed_a_call_without_anybody_asking(
    running: Starlette, bureau: Bureau
) -> None:
    await _soon(lambda: ObligationRecord.exists(kind="call"))

    customer = await CustomerRecord.all().get()
    call = await ObligationRecord.filter(kind="call").first()
    assert customer.manager_id == bureau.staff["manager1"]
    assert call and call.owner_id == customer.manager_id


async def test_what_was_done_is_sequenced_into_the_signed_trail(
    running: Starlette, database: Database
) -> None:
    async with database.connection() as connection:
        await _soon(
            lambda: connection.fetchval(
                "select exists (select from trail_entry where action = 'obligations:open')"
            )
        )

        assert await connection.fetchval("select note from trail_head")


async def test_nothing_runs_on_after_its_end(
    bureau: Bureau, database: Database, home: Path
) -> None:
    app = create_app(Opened(Settings.from_environment({"WEIHU_HOME": str(home)}), database, _NONE))
    beside = {"sequencer", "rounds"}

    async with app.router.lifespan_context(app):
        assert beside <= {task.get_name() for task in asyncio.all_tasks()}

    assert beside.isdisjoint({task.get_name() for task in asyncio.all_tasks()})


async def _soon(asked: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(400):
        if await asked():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError
