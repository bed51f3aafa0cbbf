"""Our own PostgreSQL: a child process, its data below WEIHU_HOME, reached by a Unix socket only.

Every process of ours that uses the server holds a shared lock on ``pg/in-use.lock``; the last one
out stops it. Who starts or stops it holds ``pg/turn.lock`` meanwhile. The system drops both locks
when a process dies, so a `kill -9` leaves a running server that the next process simply joins.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from store.binaries import programs_for
from store.child import ChildAccount
from store.postmaster import Postmaster

ACCOUNT: Final = "weihu"
DATABASE: Final = "weihu"
PATIENCE_S: Final = 30.0  # after `kill -9` of the server, its memory stays taken for a while
SOCKET_PATH_MAX: Final = 103  # bytes; Linux takes 107, macOS 103
PEACE_S: Final = 60.0  # a fast stop writes a checkpoint first
_LOOK_AGAIN_S: Final = 0.02
_PASSES: Final = ("already exists", "still in use", "already in use")  # a server's last traces

FIGURES: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "unix_socket_permissions": "0700",
}

_left_running: list["subprocess.Popen[bytes]"] = []  # others use them; Python would call it a leak


class EmbeddedServerDown(Exception):
    """Our PostgreSQL does not run; the message says why, as far as it told."""


class EmbeddedServer:
    """One PostgreSQL cluster below *home*, shared by all processes that use that home.

    Args:
        home: WEIHU_HOME.
        figures: Server settings on top of `FIGURES`; only whoever really starts it has a say.
        tell: Gets a sentence when something takes longer than a person expects.
    """

    def __init__(
        self,
        home: Path,
        *,
        figures: Mapping[str, str] | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._home = home.absolute()
        self._pg = self._home / "pg"
        self._data = self._pg / "data"
        self._figures = {**FIGURES, **(figures or {})}
        self._tell = tell
        self._postmaster = Postmaster(self._data)
        self._started: subprocess.Popen[bytes] | None = None
        self._in_use: IO[bytes] | None = None

    def start(self) -> str:
        """Join the running server or start it, and return its DSN.

        Raises:
            EmbeddedServerDown: It did not come up.
        """
        try:
            self._pg.mkdir(mode=0o711, parents=True, exist_ok=True)
            with self._turn():
                self._in_use = self._locked("in-use.lock", fcntl.LOCK_SH)
                if not self._postmaster.answers():
                    self._bring_up()
            return self._dsn()
        except (OSError, subprocess.SubprocessError) as error:
            self._leave()
            raise EmbeddedServerDown(
                f"PostgreSQL could not be started in {self._pg}: {error}"
            ) from error
        except BaseException:
            self._leave()
            raise

    def stop(self) -> None:
        """Leave the server, and stop it unless another process still uses it."""
        if self._in_use is None:
            return
        with self._turn():
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._leave()
            self._stop_postmaster()
            self._leave()

    # -- starting ------------------------------------------------------------------------------

    def _bring_up(self) -> None:
        child = ChildAccount.for_folder(self._data)
        programs = programs_for(child, self._home)
        folder = os.open(self._pg, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # Below a folder that is closed to the child (root's home, say) no path leads to the data;
            # a folder that we opened and hand down does.
            way = self._pg if child.may_reach(self._pg) else Path(f"/proc/self/fd/{folder}")
            if not (self._data / "PG_VERSION").exists():
                self._lay_out(child, programs, way, folder)
            self._run_until_it_answers(child, programs, way, folder)
        finally:
            os.close(folder)

    def _lay_out(self, child: ChildAccount, programs: Path, way: Path, folder: int) -> None:
        """Make an empty cluster; it gets its name only when it is whole, so that a crash leaves none."""
        self._tell(f"Setting up the database in {self._pg} (only once) …")
        unfinished = self._pg / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        child.own_folder(unfinished)
        word = self._pg / "word"
        word.touch(mode=0o600)
        word.write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")
        if child.uid is not None:
            os.chown(word, child.uid, child.uid)
        made = subprocess.run(  # noqa: S603 - our own program and arguments
            [
                *(
                    programs / "initdb",
                    "-U",
                    ACCOUNT,
                    "-A",
                    "scram-sha-256",
                    f"--pwfile={way / 'word'}",
                ),
                *(
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                ),
                *("-D", way / unfinished.name),
            ],
            check=False,
            capture_output=True,
            text=True,
            pass_fds=(folder,),
            **child.options(),
        )
        if made.returncode != 0:
            raise EmbeddedServerDown(f"initdb failed in {self._pg}: {_last_line(made.stderr)}")
        os.chown(word, os.geteuid(), os.getegid())
        word.rename(self._pg / "password")
        unfinished.rename(self._data)

    def _run_until_it_answers(
        self, child: ChildAccount, programs: Path, way: Path, folder: int
    ) -> None:
        log_path = self._pg / "log"
        begun = told = time.monotonic()
        log_from = 0
        while not self._postmaster.answers():
            waited = time.monotonic() - begun
            if time.monotonic() - told > 1:
                self._tell(f"Waiting for the database to come up ({waited:.0f} s) …")
                told = time.monotonic() + 9
            if self._started is not None and self._started.poll() is not None:
                self._started = None
                said = _tail(log_path, log_from)
                if waited > PATIENCE_S or not any(trace in said for trace in _PASSES):
                    raise EmbeddedServerDown(
                        f"PostgreSQL did not start: {_last_line(said)} ({log_path})"
                    )
                time.sleep(1)
            if self._started is None and not self._postmaster.runs():
                self._postmaster.clear_traces()
                log_from = log_path.stat().st_size if log_path.exists() else 0
                self._started = self._spawn(child, programs, way, folder, log_path)
            time.sleep(_LOOK_AGAIN_S)

    def _spawn(
        self, child: ChildAccount, programs: Path, way: Path, folder: int, log_path: Path
    ) -> "subprocess.Popen[bytes]":
        figures = [
            word for name, value in self._figures.items() for word in ("-c", f"{name}={value}")
        ]
        with log_path.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program and arguments
                [
                    *(programs / "postgres", "-D", way / "data"),
                    *("-k", self._socket_folder(child), *figures),
                ],
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal is ours to answer
                pass_fds=(folder,),
                **child.options(),
            )

    def _socket_folder(self, child: ChildAccount) -> Path:
        """Return a folder for the socket whose path is short enough and open to the child."""
        near = self._pg / "socket"
        child.own_folder(near)
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_PATH_MAX and child.may_reach(near):
            return near
        far = Path(tempfile.mkdtemp(prefix="weihu-"))
        child.own_folder(far)
        return far

    # -- stopping ------------------------------------------------------------------------------

    def _stop_postmaster(self) -> None:
        pid, socket_folder = self._postmaster.pid(), self._postmaster.socket_folder()
        if pid is None or not self._postmaster.runs():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        begun = time.monotonic()
        while self._postmaster.runs() and time.monotonic() - begun < PEACE_S:
            time.sleep(_LOOK_AGAIN_S)
        if self._started is not None:
            self._started.wait(1)
            self._started = None
        if socket_folder is not None and self._pg not in socket_folder.parents:
            shutil.rmtree(socket_folder, ignore_errors=True)

    def _leave(self) -> None:
        if self._in_use is not None:
            self._in_use.close()
            self._in_use = None
        if self._started is not None:
            _left_running.append(self._started)
            self._started = None

    # -- locks and the address -----------------------------------------------------------------

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        with self._locked("turn.lock", fcntl.LOCK_EX):
            yield

    def _locked(self, name: str, kind: int) -> IO[bytes]:
        lock = (self._pg / name).open("ab")
        fcntl.flock(lock, kind)
        return lock

    def _dsn(self) -> str:
        word = (self._pg / "password").read_text(encoding="ascii").strip()
        folder = self._postmaster.socket_folder()
        return f"postgresql://{ACCOUNT}:{word}@/{DATABASE}?host={quote(str(folder), safe='')}"


def _tail(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")


def _last_line(text: str) -> str:
    """Return what matters of a program's parting words: its last complaint."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    complaints = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    return (complaints or lines or ["it said nothing"])[-1]
