"""The whole app over the small bureau, and browsers that ask it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from api.app import create_app
from api.opening import Opened
from api.settings import Settings
from reading.execution import Execution
from schema.root import execution_of
from store.database import Database
from store.migrate import Migrated
from tests.api.visitor import Visitor
from tests.bureau import Bureau


@pytest.fixture(scope="session")
def execution() -> Execution:
    """The schema, ready to answer; building it takes longer than most tests."""
    return execution_of(is_introspective=False)


@pytest.fixture
def app(bureau: Bureau, database: Database, home: Path, execution: Execution) -> Starlette:
    """The app as it is served, on the bureau's house and clock."""
    settings = Settings.from_environment({"WEIHU_HOME": str(home)})
    app = create_app(Opened(settings, database, Migrated((), ())))
    app.state.house = bureau.house
    app.state.execution = execution
    return app


@pytest.fixture
async def visit(app: Starlette, bureau: Bureau) -> AsyncIterator[Callable[[], Visitor]]:
    """Opens one more browser at our pages, with its own cookies."""
    async with AsyncExitStack() as stack:

        def opened() -> Visitor:
            client = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app), base_url="http://weihu"
            )
            stack.push_async_callback(client.aclose)
            return Visitor(client, bureau)

        yield opened


@pytest.fixture
def visitor(visit: Callable[[], Visitor]) -> Visitor:
    """A browser at our pages; nobody has signed in."""
    return visit()
