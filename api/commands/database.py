"""`weihu migrate`: bring the database's tables up to date."""

from typing import Annotated

import typer

from api.running import run, settings_here
from api.settings import Settings

commands = typer.Typer()


@commands.command("migrate")
def migrate(
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Bring the database's tables up to date; every other command does so by itself."""
    run(_migrate(settings_here(), as_json=as_json))


async def _migrate(settings: Settings, *, as_json: bool) -> None:
    import orjson

    from api.opening import opened

    async with opened(settings) as house:
        done = house.migrated
        if as_json:
            typer.echo(orjson.dumps({"applied": done.applied_now, "before": done.applied_before}))
        elif done.applied_now:
            typer.echo(f"Applied {len(done.applied_now)}: {', '.join(done.applied_now)}.")
        else:
            typer.echo(f"Up to date: {len(done.applied_before)} migrations.")
