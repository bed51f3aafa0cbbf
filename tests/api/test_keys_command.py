"""`weihu keys` as a script sees it: text, exit codes, and `kill -9` at every step."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.bureau import Bureau
from tests.services.sealed_book import add_book, reload, texts
from vault.kek import kek_file
from vault.kek_file import kek_file_ids

REPOSITORY = Path(__file__).parents[2]
# Kills its own process where a step of the rotation begins or has ended.
_KILLED = """
import os, signal, sys
from api.command_line import main
import services.key as key
step, when = sys.argv.pop(), sys.argv.pop()
real = getattr(key, step)
def die():
    os.kill(os.getpid(), signal.SIGKILL)
if step in ("rewrap_ring", "_drop_old"):
    async def stopped(*given):
        if when == "before":
            die()
        await real(*given)
        die()
else:
    def stopped(*given):
        if when == "before":
            die()
        real(*given)
        die()
setattr(key, step, stopped)
main()
"""


@pytest.fixture
async def environ(bureau: Bureau, dsn: str, home: Path) -> dict[str, str]:
    """What the command runs with: the small bureau's database and folder."""
    return {**os.environ, "TERM": "dumb", "DATABASE_URL": dsn, "WEIHU_HOME": str(home)}


def _keys(environ: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api.command_line", "keys", *words],
        cwd=REPOSITORY,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _end_of(environ: dict[str, str], program: str, *words: str) -> int:
    """Run `weihu keys` inside *program*, which kills it; return its exit code."""
    command = [sys.executable, "-c", program, "keys", *words]
    ended = subprocess.run(command, cwd=REPOSITORY, env=environ, capture_output=True, timeout=60)
    return ended.returncode


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("before", "rotate_kek_file"),
        ("after", "rotate_kek_file"),
        ("after", "rewrap_ring"),
        ("before", "_drop_old"),
        ("before", "drop_old_keks"),
        ("after", "drop_old_keks"),
        ("after", "_drop_old"),
    ],
)
async def test_a_rotation_killed_at_any_step_opens_and_is_finished(
    bureau: Bureau, environ: dict[str, str], home: Path, when: str, step: str
) -> None:
    await add_book(bureau, 1)
    before, (old,) = await texts(bureau.house), kek_file_ids(kek_file(home))

    assert _end_of(environ, _KILLED, "rotate", when, step) == -signal.SIGKILL
    await reload(bureau)
    assert await texts(bureau.house) == before
    assert _keys(environ, "rotate").returncode == 0
    (now,) = kek_file_ids(kek_file(home))
    assert now != old
    await reload(bureau)
    assert await texts(bureau.house) == before


async def test_a_resealing_killed_again_and_again_loses_no_cell(
    bureau: Bureau, environ: dict[str, str]
) -> None:
    await add_book(bureau, 60)
    before = await texts(bureau.house)
    sm4 = {**environ, "WEIHU_SUITE": "sm4"}
    assert _keys(sm4, "status").returncode == 0  # puts the key of the suite into the ring
    for page in range(1, 4):
        assert _end_of(sm4, _KILL_AT_PAGE, "reseal", str(page)) == -signal.SIGKILL
        await reload(bureau)
        assert await texts(bureau.house) == before

    ended = _keys(sm4, "reseal", "--json")

    told = orjson.loads(_keys(sm4, "status", "--json").stdout)
    assert ended.returncode == 0
    assert 0 < orjson.loads(ended.stdout)["customers"] < 60
    assert {one["suite"] for one in told["cells"]} == {"sm4"}
    assert (told["customersLeft"], told["customersShredded"]) == (0, 0)
    await reload(bureau, WEIHU_SUITE="sm4")
    assert await texts(bureau.house) == before


# Pages of seven; kills its own process in the middle of one, before and after its last statement.
_KILL_AT_PAGE = """
import os, signal, sys
from api.command_line import main
import services.resealing as resealing
last = int(sys.argv.pop())
real, seen = resealing.reseal_page, []
async def stopped(connection, vault, after, size, at):
    seen.append(1)
    if len(seen) > last:
        os.kill(os.getpid(), signal.SIGKILL)
    page = await real(connection, vault, after, 7, at)
    if len(seen) == last and last % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return page
resealing.reseal_page = stopped
main()
"""


async def test_the_status_is_for_people_and_for_scripts(
    bureau: Bureau, environ: dict[str, str]
) -> None:
    await add_book(bureau, 2)

    told, seen = orjson.loads(_keys(environ, "status", "--json").stdout), _keys(environ, "status")

    assert told["kek"]["fault"] is None
    assert [(one["purpose"], one["inUse"], one["wraps"]) for one in told["ring"]] == [
        ("customer", True, 2),
        ("blind_index", True, 2),
    ]
    assert {"column": "activity.note_sealed", "suite": "aes", "ringKey": 1, "cells": 2} in told[
        "cells"
    ]
    assert "wraps and unwraps" in seen.stdout
    assert "customer.name_sealed" in seen.stdout


async def test_a_customer_is_shredded_by_saying_yes(
    bureau: Bureau, environ: dict[str, str]
) -> None:
    await add_book(bureau, 1)

    asked, done, unknown = (
        _keys(environ, "shred", "C0000"),
        _keys(environ, "shred", "C0000", "--yes"),
        _keys(environ, "shred", "C9999", "--yes"),
    )

    assert (asked.returncode, done.returncode, unknown.returncode) == (3, 0, 3)
    assert "add --yes" in asked.stderr
    assert "The keys of C0000 are destroyed." in done.stdout
    assert unknown.stderr == "There is no such customer.\n"


async def test_a_missing_kek_is_said_in_a_line(
    bureau: Bureau, environ: dict[str, str], home: Path
) -> None:
    kek_file(home).unlink()

    ended = _keys(environ, "status")

    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "safe copy" in ended.stderr
