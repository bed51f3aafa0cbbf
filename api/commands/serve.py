"""`weihu serve`: the pages and /graphql, in one process."""

from typing import Annotated

import typer

from api.running import run, settings_here
from api.settings import Settings

commands = typer.Typer()


@commands.command("serve")
def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Fill an empty database with a made-up bureau first.")
    ] = False,
) -> None:
    """Serve the pages and /graphql on HOST:PORT until Ctrl-C."""
    run(_serve(settings_here(), demo=demo))


async def _serve(settings: Settings, *, demo: bool) -> None:
    from api.opening import opened
    from api.server import listening_socket, serve_until_stopped

    with listening_socket(settings) as listening:
        async with opened(settings) as house:
            from api.app import create_app

            await serve_until_stopped(create_app(house), listening)
