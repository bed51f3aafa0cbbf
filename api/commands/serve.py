"""`weihu serve`: the pages and /graphql, in one process."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.running import run, settings_here
from api.settings import Settings

if TYPE_CHECKING:
    from api.opening import Opened
    from store.database import Database

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
    # Loaded late, after the port is known to be free: these take most of a start.
    from api.server import address_of, listening_socket, serve_until_stopped

    with listening_socket(settings) as listening:
        from api.app import create_app
        from api.opening import opened

        async with opened(settings) as ground:
            if demo:
                await _ensure_demo(ground)
            greeting = await _greeting(ground.database, address_of(listening))
            await serve_until_stopped(
                create_app(ground), listening, on_ready=lambda: typer.echo(greeting)
            )
    typer.echo("Stopped.")


async def _ensure_demo(ground: "Opened") -> None:
    """Seed an empty house, or one where seeding was stopped; leave any other as it is."""
    from demo.seeding import is_awaited

    async with ground.database.connection() as connection:
        if not await is_awaited(connection):
            return
    from api.commands.seed_demo import seeded

    await seeded(ground)


async def _greeting(database: "Database", address: str) -> str:
    """Return where to go, and in a demo whom to sign in as."""
    from demo.welcome import DEMO_SIGN_IN, suggestions
    from services.fact import is_demo

    lines = [f"Weihu is at {address}   (Ctrl-C stops it)"]
    if await is_demo(database):
        lines.append(f"Made-up data. Sign in with the password {DEMO_SIGN_IN} as")
        lines += [
            f"  {one.member.staff_no}  {one.role.zh} {one.role.en}, {one.unit}"
            for one in suggestions()
        ]
    return "\n".join(lines)
