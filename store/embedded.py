"""Our own PostgreSQL: a child process, its data below WEIHU_HOME, reached by a Unix socket only.

Every process of ours that uses the server holds a shared lock on ``pg/in-use.lock``; the last one
out stops it. Who starts or stops it holds ``pg/turn.lock`` meanwhile. The system drops both locks
when a process dies, so a `kill -9` leaves a running server that the next process simply joins.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from store.cluster import ACCOUNT, Cluster, EmbeddedServerDown, last_words
from store.postmaster import Postmaster

__all__ = ["EmbeddedServer", "EmbeddedServerDown"]

DATABASE: Final = "weihu"
PATIENCE_S: Final = 30.0  # after `kill -9` of the server, its memory stays taken for a while
PEACE_S: Final = 60.0  # a fast stop writes a checkpoint first
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
_LOOK_AGAIN_S: Final = 0.02
_PASSES: Final = ("already exists", "still in use", "already in use")  # a dead server's last traces

_left_running: list["subprocess.Popen[bytes]"] = []  # others use them; Python would call it a leak


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
        self._figures = {**FIGURES, **(figures or {})}
        self._tell = tell
        self._postmaster = Postmaster(self._pg / "data")
        self._started: subprocess.Popen[bytes] | None = None
        self._in_use: IO[bytes] | None = None

    def start(self) -> str:
        """Join the running server or start it, and return its DSN.

        Raises:
            EmbeddedServerDown: It did not come up.
        """
        try:
            self._pg.mkdir(mode=0o711, parents=True, exist_ok=True)
            self._ensure_ours()
            with self._locked("turn.lock", fcntl.LOCK_EX):
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
        with self._locked("turn.lock", fcntl.LOCK_EX):
            with suppress(BlockingIOError):
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop_postmaster()
            self._leave()

    def _ensure_ours(self) -> None:
        owner = self._pg.stat().st_uid
        if os.geteuid() not in (0, owner):
            raise EmbeddedServerDown(
                f"{self._pg} belongs to another account ({owner}). Run this as that account, or "
                "set WEIHU_HOME to a folder of your own."
            )

    def _bring_up(self) -> None:
        """Start the server and wait until it answers, as long as a recovery takes."""
        log, log_from = self._pg / "log", 0
        with Cluster.opened(self._pg, self._home) as cluster:
            if not (self._pg / "data" / "PG_VERSION").exists():
                self._tell(f"Setting up the database in {self._pg} (only once) …")
                cluster.lay_out()
            begun, told = time.monotonic(), time.monotonic()
            while not self._postmaster.answers():
                waited = time.monotonic() - begun
                if time.monotonic() - told > 1:
                    self._tell(f"Waiting for the database to come up ({waited:.0f} s) …")
                    told = time.monotonic() + 9
                if self._started is not None and self._started.poll() is not None:
                    self._started = None
                    self._bear_with(_read_from(log, log_from), waited)
                if self._started is None and not self._postmaster.runs():
                    self._postmaster.ensure_number_is_free()
                    log_from = log.stat().st_size if log.exists() else 0
                    self._started = cluster.spawn(self._figures)
                elif self._started is None and waited > PATIENCE_S:
                    self._ensure_not_deaf()
                time.sleep(_LOOK_AGAIN_S)

    def _bear_with(self, said: str, waited: float) -> None:
        """Wait a second if what stopped the server will pass by itself, else give up."""
        if waited > PATIENCE_S or not any(trace in said for trace in _PASSES):
            raise EmbeddedServerDown(
                f"PostgreSQL did not start: {last_words(said)} (the whole story: {self._pg}/log)"
            )
        time.sleep(1)

    def _ensure_not_deaf(self) -> None:
        """Give up on a server that says it is ready and yet does not answer."""
        if self._postmaster.is_ready():
            raise EmbeddedServerDown(
                f"PostgreSQL runs on {self._pg} as process {self._postmaster.pid()}, but does not "
                "answer. Stop that process, then try again."
            )

    def _stop_postmaster(self) -> None:
        pid, socket_folder = self._postmaster.pid(), self._postmaster.socket_folder()
        if pid is None or not self._postmaster.runs():
            return
        with suppress(ProcessLookupError):
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

    def _locked(self, name: str, kind: int) -> IO[bytes]:
        lock = (self._pg / name).open("ab")
        fcntl.flock(lock, kind)
        return lock

    def _dsn(self) -> str:
        word = (self._pg / "password").read_text(encoding="ascii").strip()
        folder = quote(str(self._postmaster.socket_folder()), safe="")
        return f"postgresql://{ACCOUNT}:{word}@/{DATABASE}?host={folder}"


def _read_from(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")
