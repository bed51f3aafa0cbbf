"""How a command ends: its exit code, and one line for what a person can mend."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("pass", 0, ""),
        ("return ExitCode.BUSY", 5, ""),
        ("raise CommandFailed('Not today.', ExitCode.BAD_INPUT)", 4, "Not today."),
        ("raise RuleBroken('A', 'The period is not complete.')", 3, "The period is not complete."),
        ("raise OSError(28, 'full')", 1, "The disk is full."),
        ("import os; os.kill(os.getpid(), 2); await asyncio.sleep(9)", 130, "Stopped."),
        ("import os; os.kill(os.getpid(), 15); await asyncio.sleep(9)", 130, "Stopped."),
    ],
)
def test_an_expected_end_is_a_code_and_a_line(body: str, code: int, said: str) -> None:
    ended = _run(body)

    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_bug_keeps_its_traceback_without_values_of_variables() -> None:
    ended = _run("secret = 'canary'; raise KeyError('x')")

    assert ended.returncode == 1
    assert "KeyError" in ended.stderr
    assert "canary" not in ended.stderr


def test_stopping_lets_what_was_opened_be_closed() -> None:
    ended = _run(
        """
        try:
            os.kill(os.getpid(), 15)
            await asyncio.sleep(9)
        finally:
            await asyncio.sleep(0.01)
            print("closed")
        """
    )

    assert "closed" in ended.stdout


def test_a_wrong_setting_is_wrong_usage() -> None:
    ended = _weihu("migrate", PORT="eighty")

    assert ended.returncode == 2
    assert ended.stderr == "PORT must be a whole number from 0 to 65535, not 'eighty'.\n"


def test_an_unreachable_database_is_said_in_a_line(home: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"

    ended = _weihu("migrate", WEIHU_HOME=str(home), DATABASE_URL=url)

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "Connection refused" in ended.stderr


def test_migrate_says_what_it_did_and_a_script_may_read_it(home: Path, dsn: str) -> None:
    ended = _weihu("migrate", "--json", WEIHU_HOME=str(home), DATABASE_URL=dsn)

    assert ended.returncode == 0
    assert ended.stdout.startswith('{"applied":[],"before":["0001_')


@pytest.mark.parametrize("words", [[], ["serve"], ["migrate"]])
def test_everything_has_help(words: list[str]) -> None:
    ended = _weihu(*words, "--help")

    assert ended.returncode == 0
    assert "Usage: weihu" in ended.stdout


def _run(body: str) -> "subprocess.CompletedProcess[str]":
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    script = (
        "import asyncio, os\nimport typer\nfrom api.running import *\n"
        "from domain.errors import RuleBroken\n"
        "app = typer.Typer(pretty_exceptions_enable=False)\n"
        f"async def command():\n{lines}\n"
        "@app.command()\ndef main(): run(command())\napp()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=30,
    )


def _weihu(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api.command_line", *words],
        cwd=REPOSITORY,
        env={**os.environ, "TERM": "dumb", **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )
