"""The embedded PostgreSQL: starts anywhere, is shared, and outlives what is done to it."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store.binaries import programs_for
from store.child import NOBODY, ChildAccount
from store.database import ensure_database
from store.embedded import EmbeddedServer, EmbeddedServerDown
from store.postmaster import Postmaster

IS_ROOT = os.geteuid() == 0
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    """A server on an empty home; stopped after the test, if the test has not."""
    server = EmbeddedServer(home)
    yield server
    server.stop()


def test_an_empty_folder_is_enough(server: EmbeddedServer) -> None:
    assert _one(server.start(), "select current_setting('server_encoding')") == "UTF8"


def test_the_last_one_out_stops_it(server: EmbeddedServer, home: Path) -> None:
    second = EmbeddedServer(home)

    dsn = server.start()
    second.start()
    server.stop()
    still = _one(dsn, "select 1")
    second.stop()

    assert still == 1
    assert not _postmaster(home).runs()


def test_another_process_joins_the_server_and_leaves_it_running(
    server: EmbeddedServer, home: Path
) -> None:
    dsn = server.start()

    joined = _in_another_process(home, "server.stop()")

    assert joined.stdout.strip() == dsn
    assert _one(dsn, "select 1") == 1


def test_two_processes_may_start_it_at_once(home: Path) -> None:
    script = _script(home, "server.stop()")
    both = [subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY) for _ in range(2)]

    assert [one.wait(60) for one in both] == [0, 0]
    assert not _postmaster(home).runs()


def test_what_was_committed_outlives_kill_9_of_us(server: EmbeddedServer, home: Path) -> None:
    killed = _in_another_process(
        home, f"{_CREATE}; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )

    assert killed.returncode == -signal.SIGKILL
    assert _postmaster(home).runs()
    assert _one(server.start(), "select count(*) from kept") == 3


def test_what_was_committed_outlives_kill_9_of_both(server: EmbeddedServer, home: Path) -> None:
    _in_another_process(
        home,
        f"{_CREATE}; import os, signal; os.kill({_PID}, 9); os.kill(os.getpid(), signal.SIGKILL)",
    )

    assert _one(server.start(), "select count(*) from kept") == 3


def test_it_is_started_anew_while_we_still_hold_the_body_of_the_killed_one(
    server: EmbeddedServer, home: Path
) -> None:
    dsn = server.start()
    _run(dsn, "create table kept as select 1")
    os.kill(_postmaster(home).pid() or 0, signal.SIGKILL)
    second = EmbeddedServer(home)

    assert _one(second.start(), "select count(*) from kept") == 1
    second.stop()


def test_a_pid_file_whose_number_is_another_process_by_now_is_no_obstacle(
    server: EmbeddedServer, home: Path
) -> None:
    server.start()
    pid_file = home / "pg" / "data" / "postmaster.pid"
    left = pid_file.read_text()
    server.stop()
    pid_file.write_text(left.replace(left.split("\n")[0], str(os.getpid()), 1))

    assert _one(server.start(), "select 1") == 1


def test_a_crash_while_it_is_laid_out_leaves_nothing_behind(
    server: EmbeddedServer, home: Path
) -> None:
    unfinished = home / "pg" / "unfinished-1"
    (unfinished / "base").mkdir(parents=True)

    assert _one(server.start(), "select 1") == 1
    assert not unfinished.exists()


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    server = EmbeddedServer(home)

    dsn = server.start()
    answer = _one(dsn, "select 1")
    folder = _postmaster(home).socket_folder()
    server.stop()

    assert answer == 1
    assert folder is not None and home not in folder.parents and not folder.exists()


def test_a_folder_closed_to_the_childs_account_is_no_obstacle(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedServer(closed / "home")

    assert _one(server.start(), "select sum(i) from generate_series(1, 4) i") == 10
    server.stop()


def test_the_password_is_asked_for(server: EmbeddedServer) -> None:
    dsn = server.start()

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        _one(dsn.replace("weihu:", "weihu:x"), "select 1")


def test_our_environment_is_not_handed_down(
    server: EmbeddedServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEIHU_KEK_SECRET", "canary")

    server.start()

    environment = Path(f"/proc/{_postmaster(home).pid()}/environ").read_bytes()
    assert b"canary" not in environment


def test_a_start_that_fails_says_why(home: Path) -> None:
    with pytest.raises(EmbeddedServerDown, match="shared_buffers"):
        EmbeddedServer(home, figures={"shared_buffers": "much"}).start()


@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")  # no thread of ours runs
def test_an_ordinary_account_runs_it_as_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = programs_for(ChildAccount(NOBODY if IS_ROOT else None), home)
    ways = multiprocessing.get_context("fork")
    found: multiprocessing.Queue[int] = ways.Queue()
    monkeypatch.setattr("store.cluster.programs_for", lambda child, home: programs)
    person = ways.Process(target=_as_an_ordinary_account, args=(found,))

    person.start()
    person.join(30)

    assert person.exitcode == 0
    assert found.get(timeout=1) == (NOBODY if IS_ROOT else os.geteuid())


def _as_an_ordinary_account(found: "multiprocessing.Queue[int]") -> None:
    if IS_ROOT:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    home = Path(tempfile.mkdtemp())
    server = EmbeddedServer(home)
    dsn = server.start()
    assert _one(dsn, "select 1") == 1
    found.put(Path(f"/proc/{_postmaster(home).pid()}").stat().st_uid)
    server.stop()
    shutil.rmtree(home)


async def test_the_database_is_made_if_it_is_not_there(server: EmbeddedServer) -> None:
    dsn = server.start()

    await ensure_database(dsn)
    await ensure_database(dsn)

    assert _one(dsn, "select current_database()", as_it_is=True) == "weihu"


_CREATE = (
    "psycopg.connect(dsn.replace('/weihu?', '/postgres?'), autocommit=True)"
    ".execute('create table kept as select generate_series(1, 3)')"
)
_PID = "int(open(str(home) + '/pg/data/postmaster.pid').readline())"


def _script(home: Path, then: str) -> str:
    return (
        "import pathlib, psycopg; from store.embedded import EmbeddedServer; "
        f"home = pathlib.Path({str(home)!r}); server = EmbeddedServer(home); "
        f"dsn = server.start(); print(dsn, flush=True); {then}"
    )


def _in_another_process(home: Path, then: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _script(home, then)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _postmaster(home: Path) -> Postmaster:
    return Postmaster(home / "pg" / "data")


def _run(dsn: str, sql: str) -> None:
    with psycopg.connect(dsn.replace("/weihu?", "/postgres?"), autocommit=True) as connection:
        connection.execute(sql)


def _one(dsn: str, sql: str, *, as_it_is: bool = False) -> object:
    with psycopg.connect(dsn if as_it_is else dsn.replace("/weihu?", "/postgres?")) as connection:
        row = connection.execute(sql).fetchone()
    return row and row[0]
