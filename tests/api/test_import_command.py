"""`weihu import`, `rate` and `ratings` as a script sees them: text, exit codes, `kill -9`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from rating.turn import take_turn
from tests.rating.deliveries import BALANCES, UNITS, write_delivery
from tests.rating.register import register
from tests.rating.sample import QUARTERS, SAMPLE, expected_csv

REPOSITORY = Path(__file__).parents[2]
Weihu = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environ(dsn: str, home: Path) -> dict[str, str]:
    """What the command runs with: an empty database and folder."""
    return {**os.environ, "TERM": "dumb", "DATABASE_URL": dsn, "WEIHU_HOME": str(home)}


@pytest.fixture
def weihu(environ: dict[str, str]) -> Weihu:
    """Runs `weihu` with some words to its end."""

    def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "api.command_line", *map(str, words)],
            cwd=REPOSITORY,
            env=environ,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def inside(dsn: str) -> Callable[[], Awaitable[dict[str, list[tuple[Any, ...]]]]]:
    """Reads what is in the database."""

    async def read() -> dict[str, list[tuple[Any, ...]]]:
        connection = await asyncpg.connect(dsn)
        try:
            return await register(connection)
        finally:
            await connection.close()

    return read


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_delivery(tmp_path / "delivered")


def test_the_sample_gives_every_expected_tier_from_the_command_line(weihu: Weihu) -> None:
    for quarter in QUARTERS:
        assert weihu("import", SAMPLE / quarter).returncode == 0
        assert weihu("rate", quarter).returncode == 0

        assert weihu("ratings", quarter, "--csv").stdout == expected_csv(quarter)


def test_what_was_taken_in_is_told_as_sentences_or_as_json(weihu: Weihu, source: Path) -> None:
    told = orjson.loads(weihu("import", source, "--dry-run", "--json").stdout)
    first = weihu("import", source)
    again = weihu("import", source)

    assert (told["period"], told["isNew"], told["rowsSetAside"]) == ("2026Q2", True, 0)
    assert told["outlook"]["entered"] == ["C1", "C2"]
    assert "2026Q2 is taken in: 4 of units.csv" in first.stdout
    assert "Customers: 3 new, 0 changed." in first.stdout
    assert (again.returncode, again.stdout) == (0, "2026Q2 is already taken in; nothing changes.\n")


def test_rows_set_aside_end_with_3_until_they_are_accepted(weihu: Weihu, tmp_path: Path) -> None:
    bad = BALANCES + "C3,A9,320701001,demand,2026-04-01,-1\n"
    source = write_delivery(tmp_path / "bad", balances=bad)

    imported, again, rated = (
        weihu("import", source),
        weihu("import", source),
        weihu("rate", "2026Q2"),
    )
    accepted = weihu("import", source, "--accept-set-aside")

    assert (imported.returncode, again.returncode, rated.returncode) == (3, 3, 3)
    assert "1 rows are set aside. See " in imported.stdout
    assert "--accept-set-aside" in imported.stdout
    quarantine = imported.stdout.partition("See ")[2].partition("\n")[0].rstrip(".")
    assert "balances.csv,6,balance_fen,negative(1),negative_balance" in Path(quarantine).read_text()
    assert "Import a corrected delivery, or accept it" in rated.stderr
    assert (accepted.returncode, weihu("rate", "2026Q2").returncode) == (0, 0)


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"units": UNITS.encode("gb18030")}, "units.csv is not utf-8, as manifest.json declares"),
        ({"rows": {"balances.csv": 9}}, "balances.csv has 4 rows, manifest.json says 9."),
        ({"period": "2026Q1"}, "No row of balances.csv can be used."),
        ({"encoding": "ascii"}, "encoding must be one of utf-8, gb18030"),
        ({"bureau": "3208"}, "The top of units.csv is not the bureau 3208"),
    ],
)
async def test_bad_input_ends_with_4_says_what_to_do_and_changes_nothing(
    weihu: Weihu, inside: Any, tmp_path: Path, spoilt: dict[str, Any], said: str
) -> None:
    before = await inside()

    ended = weihu("import", write_delivery(tmp_path / "bad", **spoilt))

    assert ended.returncode == 4
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert await inside() == before


def test_a_truncated_file_ends_with_4(weihu: Weihu, source: Path) -> None:
    path = source / "balances.csv"
    path.write_bytes(path.read_bytes()[:-20])

    ended = weihu("import", source)

    assert ended.returncode == 4
    assert "balances.csv has" in ended.stderr
    assert "Copy the delivery again" in ended.stderr


def test_what_is_not_there_ends_with_4(weihu: Weihu, tmp_path: Path) -> None:
    ended = weihu("import", tmp_path / "nowhere")

    assert ended.returncode == 4
    assert "Check the name" in ended.stderr


def test_a_quarter_that_is_not_delivered_ends_with_3(weihu: Weihu) -> None:
    ended = weihu("rate", "2026Q2")

    assert ended.returncode == 3
    assert "Nothing has been delivered for 2026Q2." in ended.stderr


async def test_two_imports_at_once_end_with_5_and_lose_nothing(
    weihu: Weihu, inside: Any, dsn: str, source: Path
) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await take_turn(connection)
            ended = weihu("import", source)
    finally:
        await connection.close()

    assert ended.returncode == 5
    assert "Wait until it has ended, then try again." in ended.stderr
    assert (await inside())["deliveries"] == []
    assert weihu("import", source).returncode == 0


@pytest.mark.parametrize(
    ("phase", "share"),
    [("checked", "1"), ("read", "1"), ("summed", "1"), ("applied", "0.5"), ("applied", "1")],
)
async def test_an_import_killed_in_any_phase_is_repeated_whole(
    weihu: Weihu, inside: Any, environ: dict[str, str], source: Path, phase: str, share: str
) -> None:
    killed = _killed(environ, source, phase, share)
    between = await inside()
    ended = weihu("import", source)

    assert killed.returncode == -signal.SIGKILL
    assert between["deliveries"] == between["customers"] == between["units"] == []
    assert ended.returncode == 0
    after = await inside()
    assert [len(after[name]) for name in ("units", "staff", "customers", "holdings")] == [
        4,
        3,
        3,
        3,
    ]
    assert len(after["keys"]) == 3


async def test_ctrl_c_ends_with_130_and_changes_nothing(
    inside: Any, environ: dict[str, str], tmp_path: Path
) -> None:
    lines = [f"C1,A{n},320701001,demand,2026-04-01,5" for n in range(400_000)]
    header = BALANCES.splitlines()[0]
    source = write_delivery(tmp_path / "large", balances="\n".join((header, *lines, "")))

    code, said = _interrupted(environ, source)

    assert code == 130
    assert said.strip().endswith("Stopped.")
    assert (await inside())["deliveries"] == []
    assert not _plain_copies(environ)


def _plain_copies(environ: dict[str, str]) -> list[Path]:
    """Return the folders in which an import keeps plain copies while it runs."""
    return list(Path(environ["WEIHU_HOME"]).glob("deliveries/*/work"))


def _killed(
    environ: dict[str, str], source: Path, phase: str, share: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run an import that dies when *phase* is at *share*."""
    return subprocess.run(
        [sys.executable, "-m", "tests.rating.killed_import", str(source), phase, share],
        cwd=REPOSITORY,
        env=environ,
        timeout=120,
    )


def _interrupted(environ: dict[str, str], source: Path) -> tuple[int, str]:
    """Run an import and press Ctrl-C once it is at work; return its exit code and what it said."""
    running = subprocess.Popen(
        [sys.executable, "-m", "api.command_line", "import", str(source)],
        cwd=REPOSITORY,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    while running.poll() is None and not _plain_copies(environ):
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=120)
    return running.returncode, said
