"""`weihu staff`: list and add staff, give passwords, end sessions; as the server's console."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.running import CommandFailed, ExitCode, run, settings_here
from api.settings import Settings
from domain.staff import Role

if TYPE_CHECKING:
    from gate.actor import Actor
    from services.staff import Listed

commands = typer.Typer(help="List and add staff, give passwords, end sessions.")

StaffNo = Annotated[str, typer.Argument(help="The staff number, like S00012.")]
ROLES = ", ".join(role.value for role in Role if role is not Role.CONSOLE)


@commands.command("list")
def list_staff(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List all staff with the posts they hold today and the sessions they have open."""
    run(_list(settings_here(), as_json=as_json))


@commands.command("add")
def add(
    staff_no: StaffNo,
    name: Annotated[str, typer.Argument(help="Their name.")],
    role: Annotated[str, typer.Option(help=f"What they are employed to do: {ROLES}.")],
    unit: Annotated[str, typer.Option(help="Code of the unit where they do it.")],
) -> None:
    """Add a member of staff with one post from today."""
    run(_add(settings_here(), staff_no, name, role, unit))


@commands.command("set-password")
def set_password(staff_no: StaffNo) -> None:
    """Give a member of staff a password, and end all their sessions.

    It is asked for on a terminal; a script writes it to standard input, in one line.
    """
    run(_set_password(settings_here(), staff_no, _password()))


@commands.command("end-sessions")
def end_sessions(staff_no: StaffNo) -> None:
    """End all sessions of a member of staff: they are signed out everywhere, at once."""
    run(_end_sessions(settings_here(), staff_no))


async def _list(settings: Settings, *, as_json: bool) -> None:
    import orjson

    async with _console(settings) as actor:
        from services.staff import read_staff

        listed = await read_staff(actor)
    if as_json:
        typer.echo(orjson.dumps([_as_json(one) for one in listed]))
    else:
        _print_table(listed)


async def _add(settings: Settings, staff_no: str, name: str, role: str, unit: str) -> None:
    async with _console(settings) as actor:
        from services.staff import add_staff

        await add_staff(actor, staff_no=staff_no, name=name, role=role, unit_code=unit)
    typer.echo(f"Added {staff_no}. They can sign in after: weihu staff set-password {staff_no}")


async def _set_password(settings: Settings, staff_no: str, password: str) -> None:
    async with _console(settings) as actor:
        from services.staff import set_password

        await set_password(actor, staff_no=staff_no, password=password)
    typer.echo(f"{staff_no} has a new password; all their sessions have ended.")


async def _end_sessions(settings: Settings, staff_no: str) -> None:
    async with _console(settings) as actor:
        from services.staff import end_sessions

        ended = await end_sessions(actor, staff_no=staff_no)
    typer.echo(f"Ended {ended} {'session' if ended == 1 else 'sessions'} of {staff_no}.")


@asynccontextmanager
async def _console(settings: Settings) -> AsyncIterator["Actor"]:
    """Open the house for a block; who is not there is told in a line."""
    from api.house import house_of
    from api.opening import opened
    from domain.errors import NotFound
    from gate.actor import console

    async with opened(settings) as ground, house_of(ground) as open_house:
        try:
            yield console(open_house.house)
        except NotFound:
            raise CommandFailed(
                "There is no such member of staff. `weihu staff list` names them all.",
                ExitCode.REFUSED,
            ) from None


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


def _as_json(one: "Listed") -> dict[str, object]:
    return {
        "staffNo": one.staff_no,
        "name": one.name,
        "isActive": one.is_active,
        "hasPassword": one.has_password,
        "posts": [{"role": role, "unit": unit} for role, unit in one.posts],
        "lastSignedInAt": one.signed_in_at,
        "sessions": one.sessions,
    }


def _print_table(listed: list["Listed"]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "number", "name", "posts today", "password", "last signed in", "sessions", box=None
    )
    for one in listed:
        table.add_row(
            one.staff_no,
            one.name,
            ", ".join(f"{role} {unit}" for role, unit in one.posts) or "none",
            "left" if not one.is_active else "yes" if one.has_password else "none",
            f"{one.signed_in_at:%Y-%m-%d %H:%M} UTC" if one.signed_in_at else "never",
            str(one.sessions),
        )
    Console().print(table)
