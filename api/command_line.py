"""`weihu`: the command line, made of the modules in `api/commands`."""

from importlib import metadata
from typing import Annotated

import typer

from api.commands import audit, database, delivery, keys, rating, seed_demo, serve, staff

weihu = typer.Typer(
    name="weihu",
    help="Keeps a bank's valued customers by rule book, and guards what it knows of them.",
    epilog=(
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by a rule, 4 bad input, "
        "5 busy, 130 stopped. Settings come from the environment: HOST, PORT, DATABASE_URL, "
        "WEIHU_HOME, WEIHU_ENV, WEIHU_SUITE, WEIHU_KEK."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # it prints local variables, and they hold what we guard
    context_settings={"help_option_names": ["-h", "--help"]},
)
# A module's `commands` become words of `weihu`; with a name, a group (`weihu audit export`).
weihu.add_typer(serve.commands)
weihu.add_typer(database.commands)
weihu.add_typer(delivery.commands)
weihu.add_typer(rating.commands)
weihu.add_typer(seed_demo.commands)
weihu.add_typer(audit.commands, name="audit")
weihu.add_typer(staff.commands, name="staff")
weihu.add_typer(keys.commands, name="keys")


def _print_version(asked: bool) -> None:
    if asked:
        try:
            typer.echo(metadata.version("weihu"))
        except metadata.PackageNotFoundError:
            typer.echo("a checkout without a version")
        raise typer.Exit


@weihu.callback()
def about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Answer what is asked before any command."""


def main() -> None:
    """Run the command line."""
    weihu(prog_name="weihu")


if __name__ == "__main__":
    main()
