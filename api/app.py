"""The ASGI app: pages, /graphql, and what a demo tells of itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from api.cookie import PLAIN_NAME, SECURE_NAME
from api.graphql import BODY_BYTES_MAX, METHODS, graphql
from api.house import house_of, kept_running
from api.opening import Opened
from api.pages import Pages
from api.same_origin import SameOriginOnly
from api.security_headers import SecurityHeaders
from demo.welcome import welcome
from schema.root import execution_of

DIST = Path(__file__).parent.parent / "frontend" / "dist"


def create_app(opened: Opened) -> Starlette:
    """Return the app over an open database; its lifespan opens and closes the rest."""
    is_open = opened.settings.environment == "development"

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with house_of(opened) as open_house, kept_running(open_house):
            app.state.house = open_house.house
            app.state.execution = execution_of(is_introspective=is_open)
            yield

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/graphql", graphql, methods=METHODS, max_body_size=BODY_BYTES_MAX),
            Route("/demo.json", _demo),
            Route("/healthz", _health),
            Mount("/", Pages(DIST)),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(SameOriginOnly, cookies=(PLAIN_NAME, SECURE_NAME)),
        ],
    )


async def _demo(request: Request) -> Response:
    """Tell whom to sign in as where this is the made-up bureau, and nothing elsewhere."""
    house = request.app.state.house
    if not house.is_demo:
        return JSONResponse({"isDemo": False, "accounts": [], "password": ""})
    return JSONResponse(await welcome(house.database))


async def _health(request: Request) -> Response:
    """Say that the server and its database answer."""
    async with request.app.state.house.database.connection() as connection:
        await connection.fetchval("select 1")
    return PlainTextResponse("ok")
