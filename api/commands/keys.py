"""`weihu keys`: how the keys stand; wrap them, make them anew, destroy a customer's."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.running import CommandFailed, ExitCode, run, settings_here
from api.settings import Settings

if TYPE_CHECKING:
    from gate.actor import Actor
    from services.key import Keys
    from services.resealing import Progress, Resealed

commands = typer.Typer(help="Look at the keys; rotate them, seal anew, shred a customer.")
AsJson = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]


@commands.command("status")
def status(as_json: AsJson = False) -> None:
    """Tell how the KEK, the key ring and the sealed cells stand. Exit 1 if the KEK is unfit."""
    run(_status(settings_here(), as_json=as_json))


@commands.command("rotate")
def rotate() -> None:
    """Wrap the key ring by a new KEK and drop the old one; no cell is touched.

    If it is stopped, run it again: it goes on. Make a safe copy of the new KEK at once, and keep
    the old copy as long as a backup from before is kept.
    """
    run(_rotate(settings_here()))


@commands.command("reseal")
def reseal(
    new_keys: Annotated[
        bool, typer.Option("--new-keys", help="Give every customer a new key: one has leaked.")
    ] = False,
    new_index_key: Annotated[
        bool, typer.Option("--new-index-key", help="Make the blind indexes by a new key.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Seal anew what is not under the keys and the suite in use, while everybody works on.

    If it is stopped, run it again: it goes on. A key is destroyed when nothing is left under it.
    """
    settings = settings_here()
    run(_reseal(settings, new_keys=new_keys, new_index_key=new_index_key, as_json=as_json))


@commands.command("shred")
def shred(
    customer_no: Annotated[str, typer.Argument(help="The customer's number.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Do it: there is no way back.")] = False,
) -> None:
    """Destroy a customer's keys: their name, contact data and notes open for nobody, ever."""
    run(_shred(settings_here(), customer_no, is_sure=is_sure))


async def _status(settings: Settings, *, as_json: bool) -> ExitCode:
    import orjson

    async with _console(settings) as actor:
        from services.key import read_keys

        keys = await read_keys(actor, os.environ)
    if as_json:
        typer.echo(orjson.dumps(_as_json(keys)))
    else:
        _print_tables(keys)
    return ExitCode.FAILED if keys.kek_fault else ExitCode.DONE


async def _rotate(settings: Settings) -> None:
    async with _console(settings) as actor:
        from services.key import rotate_keys

        rotated = await rotate_keys(actor, os.environ)
    if rotated.went_on:
        typer.echo("An earlier rotation had been stopped; it is finished now.")
    typer.echo(f"{rotated.rewrapped} keys of the ring are wrapped anew.")
    if settings.kek == "env":
        typer.echo("WEIHU_KEK_HEX_OLD is needed no more, but by backups from before.")
    else:
        typer.echo("The old KEK is dropped. Make a safe copy of the new one now.")


async def _reseal(
    settings: Settings, *, new_keys: bool, new_index_key: bool, as_json: bool
) -> ExitCode:
    import orjson

    async with _console(settings) as actor:
        from rating.refusal import ImportBusy
        from services.resealing import reseal_keys

        try:
            with _bar() as progress:
                done = await reseal_keys(
                    actor,
                    os.environ,
                    new_keys=new_keys,
                    new_index_key=new_index_key,
                    progress=progress,
                )
        except ImportBusy as busy:
            raise CommandFailed(busy.message, ExitCode.BUSY) from None
    if as_json:
        typer.echo(orjson.dumps(_resealed_as_json(done)))
    else:
        _tell_resealed(done)
    return ExitCode.FAILED if done.broken else ExitCode.DONE


async def _shred(settings: Settings, customer_no: str, *, is_sure: bool) -> None:
    async with _console(settings) as actor:
        from services.key import shred_customer

        destroyed = await shred_customer(actor, customer_no, is_sure=is_sure)
    if destroyed:
        typer.echo(
            f"The keys of {customer_no} are destroyed. "
            "Backups hold them until they are overwritten."
        )
    else:
        typer.echo(f"Nothing to do: {customer_no} was shredded before.")


@asynccontextmanager
async def _console(settings: Settings) -> AsyncIterator["Actor"]:
    from api.house import house_of
    from api.opening import opened
    from domain.errors import NotFound
    from gate.actor import console

    async with opened(settings) as ground, house_of(ground) as open_house:
        try:
            yield console(open_house.house)
        except NotFound:
            raise CommandFailed("There is no such customer.", ExitCode.REFUSED) from None


@contextmanager
def _bar() -> "Iterator[Progress]":
    """Show a bar on a terminal for a block; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(file=sys.stderr), transient=True) as bar:
        shown = bar.add_task("Sealing anew", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(shown, completed=done, total=total)

        yield progress


def _as_json(keys: "Keys") -> dict[str, object]:
    return {
        "kek": {"id": keys.kek_id, "fault": keys.kek_fault or None},
        "ring": [
            {
                "id": key.id,
                "purpose": key.purpose.value,
                "suite": key.suite.name.lower(),
                "kek": key.kek_id,
                "inUse": key.is_in_use,
                "createdAt": key.created_at,
                "retiredAt": key.retired_at,
                "wraps": key.wraps,
            }
            for key in keys.ring
        ],
        "cells": [
            {
                "column": f"{count.table}.{count.column}",
                "suite": _suite(count.suite),
                "ringKey": count.ring_key_id,
                "cells": count.cells,
            }
            for count in keys.cells
        ],
        "customersShredded": keys.shredded,
        "customersLeft": keys.left,
    }


def _resealed_as_json(done: "Resealed") -> dict[str, object]:
    return {
        "customers": done.customers,
        "cells": done.cells,
        "indexes": done.indexes,
        "keysDestroyed": done.keys_destroyed,
        "ringKeysMade": done.ring_keys_made,
        "ringKeysDestroyed": done.ring_keys_destroyed,
        "broken": sorted(map(str, done.broken)),
    }


def _tell_resealed(done: "Resealed") -> None:
    if not done.customers and not done.broken:
        typer.echo("Nothing to do: everything is under the keys in use.")
    else:
        typer.echo(
            f"Sealed anew: {done.cells:,} cells and {done.indexes:,} indexes of "
            f"{done.customers:,} customers. Destroyed: {done.keys_destroyed:,} keys of customers."
        )
    if done.ring_keys_destroyed:
        typer.echo(f"Destroyed: {done.ring_keys_destroyed} keys of the ring.")
    for customer_id in sorted(done.broken):
        typer.echo(f"A cell of customer {customer_id} does not open; they were left as they are.")


def _suite(number: int) -> str:
    from vault.suite import Suite

    return Suite(number).name.lower() if number in list(Suite) else "unknown"


def _print_tables(keys: "Keys") -> None:
    from rich.console import Console
    from rich.table import Table

    ring = Table("ring key", "for", "suite", "wrapped by", "stands", "holds", box=None)
    for key in keys.ring:
        stands = "in use" if key.is_in_use else "retired"
        row = (str(key.id), key.purpose.value, key.suite.name.lower(), key.kek_id, stands)
        ring.add_row(*row, f"{key.wraps:,}")
    cells = Table("column", "suite", "ring key", "cells", box=None)
    for count in keys.cells:
        under = "gone" if count.ring_key_id is None else str(count.ring_key_id)
        row_of_cells = (f"{count.table}.{count.column}", _suite(count.suite), under)
        cells.add_row(*row_of_cells, f"{count.cells:,}")
    console = Console()
    console.print(f"KEK {keys.kek_id}: {keys.kek_fault or 'wraps and unwraps'}.")
    console.print(ring, cells, sep="\n")
    console.print(f"{keys.shredded:,} customers shredded; {keys.left:,} to be sealed anew.")
