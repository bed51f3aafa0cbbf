"""`weihu import`: take a delivery of balances in, or say what it would change."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from api.running import CommandFailed, ExitCode, run, settings_here
from api.settings import Settings

if TYPE_CHECKING:
    from rating.intake import Changes
    from rating.preparation import Progress
    from services.delivery import Imported

commands = typer.Typer()
NAMED_MAX = 10


@commands.command("import")
def import_(
    source: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The delivery: a folder, a .zip or a .tar.gz."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would change.")
    ] = False,
    accept_set_aside: Annotated[
        bool,
        typer.Option(
            "--accept-set-aside", help="Let the period be rated without the rows set aside."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Take a delivery in: all of it or nothing. Bad rows are set aside, and exit code 3 says so.

    The same delivery twice changes nothing. A killed import goes on where it was.
    """
    run(
        _import(
            settings_here(),
            source,
            dry_run=dry_run,
            accepts_set_aside=accept_set_aside,
            as_json=as_json,
        )
    )


async def _import(
    settings: Settings, source: Path, *, dry_run: bool, accepts_set_aside: bool, as_json: bool
) -> ExitCode:
    from api.house import house_of
    from api.opening import opened
    from gate.actor import console
    from rating.refusal import DeliveryRefused, ImportBusy
    from services.delivery import import_delivery

    async with opened(settings) as ground, house_of(ground) as open_house:
        try:
            with _bar() as progress:
                imported = await import_delivery(
                    console(open_house.house),
                    source,
                    dry_run=dry_run,
                    accepts_set_aside=accepts_set_aside,
                    progress=progress,
                )
        except DeliveryRefused as refused:
            raise CommandFailed(refused.message, ExitCode.BAD_INPUT) from None
        except ImportBusy as busy:
            raise CommandFailed(busy.message, ExitCode.BUSY) from None
    if as_json:
        typer.echo(orjson.dumps(_told(imported, dry_run=dry_run)))
    else:
        for line in _lines(imported, dry_run=dry_run):
            typer.echo(line)
    return ExitCode.REFUSED if imported.intake.awaits_acceptance else ExitCode.DONE


@contextmanager
def _bar() -> "Iterator[Progress]":
    """Show a bar on a terminal for a block; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    from rating.preparation import Phase

    words = {
        Phase.CHECKED: "Checking the files",
        Phase.READ: "Reading the rows",
        Phase.SUMMED: "Summing",
        Phase.APPLIED: "Writing to the database",
    }
    phases = list(Phase)
    with Bar(console=Console(file=sys.stderr), transient=True) as bar:
        shown = bar.add_task(words[phases[0]], total=len(phases))

        def progress(phase: Phase, share: float) -> None:
            bar.update(shown, completed=phases.index(phase) + share, description=words[phase])

        yield progress


def _lines(imported: "Imported", *, dry_run: bool) -> Iterator[str]:
    """Say in sentences what came of it."""
    intake = imported.intake
    if intake.changes is None:
        yield f"{intake.period} is already taken in; nothing changes."
    else:
        rows = ", ".join(f"{count:,} of {name}" for name, count in intake.rows.items())
        yield f"{intake.period} {'would be' if dry_run else 'is'} taken in: {rows}."
        yield from _register_lines(intake.changes)
    if intake.rows_set_aside:
        where = f" See {intake.quarantine}." if intake.quarantine else ""
        yield f"{intake.rows_set_aside:,} rows are set aside.{where}"
    if intake.awaits_acceptance:
        yield (
            "The period is not rated before a corrected delivery comes, or someone accepts "
            "that they are missing: the same command with --accept-set-aside."
        )
    elif intake.rows_set_aside:
        yield f"Accepted by {intake.accepted_by}."
    if imported.refusal:
        yield f"Not to be rated yet: {imported.refusal.message}"
    if imported.outlook:
        for outcome, numbers in imported.outlook.moves.items():
            yield f"Would have {outcome}: {_named(numbers)}."


def _register_lines(changes: "Changes") -> Iterator[str]:
    units, staff, customers = changes.units, changes.staff, changes.customers
    yield f"Units: {_named(units.new)} new, {_named(units.changed)} changed."
    if staff:
        yield (
            f"Staff: {_named(staff.new)} new, {_named(staff.changed)} changed, "
            f"{_named(staff.left)} no longer delivered."
        )
    else:
        yield "Staff: not touched, a later period has been delivered."
    yield f"Customers: {customers.new:,} new, {customers.changed:,} changed."


def _named(names: Sequence[str]) -> str:
    """Return how many there are, and the first of them."""
    if not names:
        return "0"
    more = ", …" if len(names) > NAMED_MAX else ""
    return f"{len(names):,} ({', '.join(names[:NAMED_MAX])}{more})"


def _told(imported: "Imported", *, dry_run: bool) -> dict[str, Any]:
    """Return what came of it for a script."""
    intake, changes = imported.intake, imported.intake.changes
    told: dict[str, Any] = {
        "period": intake.period,
        "dryRun": dry_run,
        "isNew": intake.is_new,
        "rows": dict(intake.rows),
        "rowsSetAside": intake.rows_set_aside,
        "acceptedBy": intake.accepted_by,
        "quarantine": str(intake.quarantine) if intake.quarantine else None,
    }
    if changes:
        told["units"] = {"new": changes.units.new, "changed": changes.units.changed}
        told["customers"] = {"new": changes.customers.new, "changed": changes.customers.changed}
    if changes and changes.staff:
        staff = changes.staff
        told["staff"] = {"new": staff.new, "changed": staff.changed, "left": staff.left}
    if imported.outlook:
        told["outlook"] = imported.outlook.moves
    if imported.refusal:
        told["refusal"] = {"code": imported.refusal.code, "message": imported.refusal.message}
    return told
