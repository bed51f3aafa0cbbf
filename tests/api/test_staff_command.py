"""`weihu staff`: staff added, given passwords and signed out from the server's console."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.bureau import PASSWORD, Bureau

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
async def environ(bureau: Bureau, dsn: str, home: Path) -> dict[str, str]:
    """What the command runs with: the small bureau's database and folder."""
    return {**os.environ, "TERM": "dumb", "DATABASE_URL": dsn, "WEIHU_HOME": str(home)}


def _staff(environ: dict[str, str], *words: str, given: str = "") -> Any:
    return subprocess.run(
        [sys.executable, "-m", "api.command_line", "staff", *words],
        cwd=REPOSITORY,
        env=environ,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _listed(environ: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {one["staffNo"]: one for one in orjson.loads(_staff(environ, "list", "--json").stdout)}


def test_who_is_added_and_given_a_password_is_in_the_list(environ: dict[str, str]) -> None:
    new = _staff(environ, "add", "S00100", "周敏", "--role", "teller", "--unit", "320701001")
    password = _staff(environ, "set-password", "S00100", given=PASSWORD + "\n")

    listed = _listed(environ)["S00100"]
    assert (new.returncode, password.returncode) == (0, 0)
    assert listed["posts"] == [{"role": "teller", "unit": "320701001"}]
    assert (listed["name"], listed["hasPassword"], listed["sessions"]) == ("周敏", True, 0)
    assert PASSWORD not in password.stdout + password.stderr


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["add", "S00001", "周敏", "--role", "teller", "--unit", "3207"], "", "S00001 is taken."),
        (["add", "S00100", "周敏", "--role", "king", "--unit", "3207"], "", "no role 'king'"),
        (["set-password", "S00001"], "short\n", "A password has at least"),
        (["set-password", "S00001"], "", "A password has at least"),
        (["set-password", "S99999"], PASSWORD, "There is no such member of staff."),
        (["end-sessions", "S99999"], "", "There is no such member of staff."),
    ],
)
def test_what_is_refused_is_said_in_a_line(
    environ: dict[str, str], words: list[str], given: str, said: str
) -> None:
    ended = _staff(environ, *words, given=given)

    assert ended.returncode == 3
    assert said in ended.stderr and ended.stderr.count("\n") == 1


def test_a_password_is_never_an_argument(environ: dict[str, str]) -> None:
    assert _staff(environ, "set-password", "S00001", PASSWORD).returncode == 2


def test_the_list_for_people_has_a_line_for_each(environ: dict[str, str]) -> None:
    ended = _staff(environ, "list")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "S00006" in ended.stdout and "customer_manager" in ended.stdout


def test_sessions_are_ended_by_number(environ: dict[str, str]) -> None:
    ended = _staff(environ, "end-sessions", "S00006")

    assert (ended.returncode, ended.stdout) == (0, "Ended 0 sessions of S00006.\n")
