"""`weihu rate` and `weihu ratings`: rate a quarter, replay it, print it."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.running import ExitCode, run, settings_here
from api.settings import Settings

commands = typer.Typer()
LISTED = 20  # changes of a restatement that are listed in words
Quarter = Annotated[str, typer.Argument(metavar="PERIOD", help="A quarter, like 2026Q3.")]


@commands.command("rate")
def rate(
    period: Quarter,
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Rate it again from its inputs and compare."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Rate a delivered quarter by the rule book in force: who rises, falls, enters, leaves."""
    settings = settings_here()
    run(_replay(settings, period) if replay else _rate(settings, period, as_json=as_json))


@commands.command("ratings")
def ratings(
    period: Quarter,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print them as CSV, the only form.")] = True,
) -> None:
    """Print a rated quarter's ratings as CSV, in order of customer numbers."""
    run(_ratings(settings_here(), period))


async def _rate(settings: Settings, period: str, *, as_json: bool) -> None:
    from api.house import house_of
    from api.opening import opened, tell
    from gate.actor import console
    from services.rating import rate_quarter

    async with opened(settings) as ground, house_of(ground) as open_house:
        done = await rate_quarter(
            console(open_house.house), period, progress=lambda each: tell(f"Rating {each} …")
        )
        outcome = {
            "run": str(done.id),
            "period": str(done.quarter),
            "isNew": done.is_new,
            "counts": done.counts,
            "restated": [str(each) for each in done.restated],
            "changed": [
                {"period": str(one.quarter), "customer": one.customer_no}
                | {"before": one.before, "after": one.after}
                for one in done.changed
            ],
        }
        if as_json:
            typer.echo(orjson.dumps(outcome))
            return
        words = ", ".join(f"{count} {name}" for name, count in done.counts.items())
        typer.echo(f"{done.quarter}: {words}." if done.is_new else f"Nothing to do: {words}.")
        if done.restated:
            typer.echo(f"Rated anew: {', '.join(str(each) for each in done.restated)}.")
        for one in done.changed[:LISTED]:
            typer.echo(f"  {one.quarter} {one.customer_no}: {one.before} -> {one.after}")
        if len(done.changed) > LISTED:
            typer.echo(f"  … and {len(done.changed) - LISTED} more; --json lists them all.")


async def _replay(settings: Settings, period: str) -> ExitCode:
    from api.house import house_of
    from api.opening import opened
    from gate.actor import console
    from services.rating import replay_quarter

    async with opened(settings) as ground, house_of(ground) as open_house:
        if await replay_quarter(console(open_house.house), period):
            typer.echo(f"{period}: the same ratings, byte for byte.")
            return ExitCode.DONE
        typer.echo(f"{period}: the replay differs from what is stored.")
        return ExitCode.FAILED


async def _ratings(settings: Settings, period: str) -> None:
    from api.house import house_of
    from api.opening import opened
    from gate.actor import console
    from services.rating import read_ratings

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        async with opened(settings) as ground, house_of(ground) as open_house:
            await read_ratings(console(open_house.house), period, path)
        with path.open("rb") as csv:
            shutil.copyfileobj(csv, sys.stdout.buffer)
