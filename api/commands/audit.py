"""`weihu audit`: export the trail as files, verify such files anywhere, prove one entry."""

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.running import CommandFailed, ExitCode, run, settings_here
from api.settings import Settings

if TYPE_CHECKING:
    from audit.checkpoint import Verifier
    from audit.connection import Connection
    from audit.head import HeadBroken
    from audit.trail import Trail

commands = typer.Typer(help="Export the audit trail, verify it anywhere, prove one entry.")

Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]
Key = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        help="A public key (name+hash+key) or a file with one. Default: keys/trail.vkey of "
        "WEIHU_HOME. The key in the folder itself is never believed.",
    ),
]
_SHOWS_AFTER_S = 1.0


@commands.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="An empty folder, or an earlier export.")],
    as_json: Json = False,
) -> None:
    """Write the whole trail into FOLDER, in the layout of C2SP tlog-tiles."""
    run(_export(settings_here(), folder, as_json=as_json))


@commands.command("verify")
def verify(
    folder: Annotated[Path, typer.Argument(help="An exported trail.", exists=True)],
    key: Key = None,
    since: Annotated[
        Path | None,
        typer.Option(help="An older checkpoint: finds a trail that was cut off or rewritten."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Verify an exported trail offline.

    Exit code 0: sound. 1: tampered with, and where. 2: it cannot be proved either way.
    """
    from audit.verify import verify as verdict_on

    try:
        verdict = verdict_on(
            folder,
            _known_keys(key),
            since=_text(since) if since else None,
            progress=Progress("verified"),
        )
    except KeyboardInterrupt:
        raise typer.Exit(ExitCode.STOPPED) from None
    if as_json:
        _print_json(verdict.as_json())
    else:
        typer.echo(verdict.sentence())
        for found in verdict.findings[1:]:
            typer.echo(f"  {'' if found.index is None else f'{found.index}: '}{found.words}")
    raise typer.Exit(int(verdict.status))


@commands.command("prove")
def prove(
    index: Annotated[int, typer.Argument(help="Index of the entry in the trail.", min=0)],
    as_tlog: Annotated[
        bool, typer.Option("--tlog", help="Print it in the form of c2sp.org/tlog-proof.")
    ] = False,
) -> None:
    """Print a proof that one entry is in the signed trail, for someone who has only the key."""
    run(_prove(settings_here(), index, as_tlog=as_tlog))


@commands.command("check-proof")
def check_proof(
    file: Annotated[Path, typer.Argument(help="What `weihu audit prove` printed.", exists=True)],
    key: Key = None,
) -> None:
    """Check the proof of one entry offline. Exit code 0: it holds. 1: it does not."""
    import orjson

    from audit.proof import verify_entry_proof
    from audit.tree import ProofBroken

    try:
        proof = orjson.loads(_text(file))
        verify_entry_proof(proof, _known_keys(key))
    except (ProofBroken, orjson.JSONDecodeError) as error:
        typer.echo(f"Not proved. {error}")
        raise typer.Exit(ExitCode.FAILED) from error
    typer.echo(f"Entry {proof['index']} is in the trail that was signed.")


async def _export(settings: Settings, folder: Path, *, as_json: bool) -> ExitCode:
    from audit.export import ExportRefused, export_log
    from audit.stored import HashMissing
    from audit.verify import manifest_of

    async with _drained(settings, "audit_entry:export") as (connection, trail, broken):
        try:
            checkpoint = await export_log(
                connection, folder, trail.key.verifier, Progress("exported")
            )
        except ExportRefused as refused:
            raise CommandFailed(str(refused), ExitCode.REFUSED) from refused
        except HashMissing as missing:
            raise CommandFailed(f"The trail in the store is broken. {missing}") from missing
    if as_json:
        _print_json({**manifest_of(checkpoint), "folder": str(folder)})
    else:
        typer.echo(f"Exported {checkpoint.size} entries of {checkpoint.origin} to {folder}.")
        typer.echo("Keep its checkpoint elsewhere: a later export is verified --since it.")
    return ExitCode.DONE if broken is None else ExitCode.FAILED


async def _prove(settings: Settings, index: int, *, as_tlog: bool) -> None:
    from audit.proof import NoSuchEntry, as_tlog_proof, prove_entry
    from audit.stored import HashMissing

    async with _drained(settings, "audit_entry:prove") as (connection, trail, _):
        try:
            proof = await prove_entry(connection, index, trail.key.verifier)
        except (NoSuchEntry, HashMissing) as missing:
            raise CommandFailed(str(missing)) from missing
    if as_tlog:
        typer.echo(as_tlog_proof(proof), nl=False)
    else:
        _print_json(proof)


@asynccontextmanager
async def _drained(
    settings: Settings, action: str
) -> AsyncIterator[tuple["Connection", "Trail", "HeadBroken | None"]]:
    """Open the trail, put on record that it is read, and sequence what waits.

    If the head does not fit the data, nothing is added; what is there is evidence, and is given.
    """
    from api.opening import opened
    from audit.connection import own_pool
    from audit.entry import Entry, Result
    from audit.head import HeadBroken
    from audit.sequencer import Sequencer
    from audit.trail import Trail

    async with (
        opened(settings) as house,
        own_pool(house.database.dsn) as connect,
        Trail(connect, settings.home) as trail,
    ):
        name = f"weihu {action.replace('_entry:', ' ')}"
        now = datetime.now(UTC)
        await trail.append(Entry(at=now, action=action, result=Result.DONE, operation=name))
        broken = None
        try:
            await Sequencer(connect, settings.home, trail).drain()
        except HeadBroken as error:
            broken = error
            typer.echo(f"Warning: {error}", err=True)
        async with connect() as connection:
            yield connection, trail, broken


class Progress:
    """Says on a terminal how far it is, once it has taken more than a second."""

    def __init__(self, verb: str) -> None:
        self._verb, self._next = verb, time.monotonic() + _SHOWS_AFTER_S

    def __call__(self, done: int, total: int) -> None:
        """Say it, five times a second at most."""
        if not sys.stderr.isatty() or (time.monotonic() < self._next and done < total):
            return
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 0.2
            end = "\n" if done >= total else ""
            print(f"\r{done:,} of {total:,} entries {self._verb}", end=end, file=sys.stderr)


def _known_keys(given: list[str] | None) -> list["Verifier"]:
    """Return the public keys to believe: those given, else this machine's own."""
    from audit.checkpoint import NoteUnsound, Verifier
    from audit.key import VKEY_FILE

    own = settings_here().home / VKEY_FILE
    texts = [_text(Path(one)) if Path(one).is_file() else one for one in given or ()]
    if given is None and own.is_file():
        texts = [own.read_text()]
    try:
        return [Verifier.of(text) for text in texts]
    except NoteUnsound as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitCode.WRONG_USAGE) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError as error:
        typer.echo(f"{path} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(ExitCode.WRONG_USAGE) from error


def _print_json(outcome: dict[str, object]) -> None:
    import orjson

    typer.echo(orjson.dumps(outcome, option=orjson.OPT_INDENT_2).decode())
