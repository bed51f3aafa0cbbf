"""`weihu seed-demo`: fill an empty house with a made-up bureau."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.running import CommandFailed, ExitCode, run, settings_here
from api.settings import Settings

if TYPE_CHECKING:
    from api.opening import Opened
    from demo.seed import Tell

commands = typer.Typer()


@commands.command("seed-demo")
def seed_demo(
    seed: Annotated[
        int, typer.Option(help="Another number makes other people and other money.")
    ] = 7,
) -> None:
    """Fill an empty house with a made-up bureau: units, staff, customers, a year of work.

    If it is stopped, run it again: it goes on from what is there. A house that has units of its
    own is refused (exit code 3).
    """
    run(_seed_demo(settings_here(), seed))


async def _seed_demo(settings: Settings, seed: int) -> None:
    from api.opening import opened

    async with opened(settings) as ground:
        if await seeded(ground, seed=seed):
            typer.echo("The demo is ready. Start it: weihu serve")
        else:
            typer.echo("Nothing to do: this house is a finished demo already.")


async def seeded(ground: "Opened", *, seed: int | None = None) -> bool:
    """Seed the house, with progress on stderr; say if there was work to do.

    Raises:
        RuleBroken: HOUSE_NOT_EMPTY.
        CommandFailed: Another process seeds it now.
    """
    from api.house import house_of
    from demo.seed import SEED
    from demo.seed import seed_demo as seed_house
    from demo.seeding import SeedingBusy

    async with house_of(ground) as open_house:
        try:
            with _told() as tell:
                return await seed_house(
                    open_house.house, seed=SEED if seed is None else seed, tell=tell
                )
        except SeedingBusy as busy:
            raise CommandFailed(str(busy), ExitCode.BUSY) from None


@contextmanager
def _told() -> "Iterator[Tell]":
    """Show a bar on a terminal for a block; elsewhere a line for each step."""
    if not sys.stderr.isatty():
        yield lambda what, share: print(
            f"Demo: {what} … ({share:.0%} done)", file=sys.stderr, flush=True
        )
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        shown = bar.add_task("Demo", total=1.0)
        yield lambda what, share: bar.update(shown, completed=share, description=what)
