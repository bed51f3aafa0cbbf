"""A PostgreSQL cluster below WEIHU_HOME: laid out once, then run."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from store.binaries import programs_for
from store.child import ChildAccount

ACCOUNT: Final = "weihu"
_COMPLAINTS: Final = ("FATAL", "PANIC", "error:", "ERROR")
_FULL: Final = ("No space left on device", "Check free disk space", "Disk quota exceeded")
SOCKET_PATH_MAX: Final = 103  # bytes; Linux takes 107, macOS 103


class EmbeddedServerDown(Exception):
    """Our PostgreSQL does not run; the message says why, as far as it told."""


class Cluster:
    """The folder ``pg`` below WEIHU_HOME, and the programs that make and run what is in it.

    Args:
        pg: The folder; ``data`` in it belongs to the child account, the rest to us.
        home: WEIHU_HOME.
        folder: *pg*, open. Below a folder that is closed to the child (root's home, say) no path
            leads to the data; a folder that we opened and hand down does.
    """

    def __init__(self, pg: Path, home: Path, folder: int) -> None:
        self._pg = pg
        self._folder = folder
        self._child = ChildAccount.for_folder(pg / "data")
        self._programs = programs_for(self._child, home)
        self._way = pg if self._child.may_reach(pg) else Path(f"/proc/self/fd/{folder}")

    @classmethod
    @contextmanager
    def opened(cls, pg: Path, home: Path) -> Iterator["Cluster"]:
        """Open the folder for a block."""
        folder = os.open(pg, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield cls(pg, home, folder)
        finally:
            os.close(folder)

    def lay_out(self) -> None:
        """Make an empty cluster; it gets its name when it is whole, so that a crash leaves none.

        Raises:
            EmbeddedServerDown: It cannot be made here, and why.
        """
        self._ensure_named_account()
        # An initdb that outlived its killed parent may still be at work on what it was given.
        for left in self._pg.glob("unfinished-*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in self._pg.glob("word-*"):
            left.unlink()
        mark = secrets.token_hex(4)
        unfinished, word = self._pg / f"unfinished-{mark}", self._pg / f"word-{mark}"
        self._child.own_folder(unfinished)
        word.touch(mode=0o600)
        word.write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")
        self._child.own(word)
        words: list[str | Path] = [self._programs / "initdb", "-U", ACCOUNT, "-E", "UTF8"]
        words += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        words += ["-A", "scram-sha-256", f"--pwfile={self._way / word.name}"]
        words += ["-D", self._way / unfinished.name]
        made = self._child.run(words, folder=self._folder)
        if made.returncode != 0:
            raise EmbeddedServerDown(f"initdb failed in {self._pg}: {last_words(made.stderr)}")
        os.chown(word, os.geteuid(), os.getegid())
        word.rename(self._pg / "password")
        unfinished.rename(self._pg / "data")

    def spawn(self, figures: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Start the server with these settings; its complaints go to the file ``log``."""
        settings = [word for name, value in figures.items() for word in ("-c", f"{name}={value}")]
        words: list[str | Path] = [self._programs / "postgres", "-D", self._way / "data"]
        words += ["-k", self._socket_folder(), *settings]
        with (self._pg / "log").open("ab") as log:
            return self._child.spawn(words, folder=self._folder, log=log)

    def _ensure_named_account(self) -> None:
        uid = os.geteuid() if self._child.uid is None else self._child.uid
        try:
            pwd.getpwuid(uid)
        except KeyError:  # a container run with a number for an account, say
            raise EmbeddedServerDown(
                f"PostgreSQL wants a named account, and number {uid} has no name on this machine. "
                "Add it to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own."
            ) from None

    def _socket_folder(self) -> Path:
        """Return a folder for the socket whose path is short enough and open to the child."""
        near = self._pg / "socket"
        self._child.own_folder(near)
        is_short = len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_PATH_MAX
        if is_short and self._child.may_reach(near):
            return near
        far = Path(tempfile.mkdtemp(prefix="weihu-"))
        self._child.own_folder(far)
        return far


def last_words(text: str) -> str:
    """Return what matters of what a program said before it ended: its last complaint."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    complaints = [line for line in lines if any(mark in line for mark in _COMPLAINTS)]
    if any(mark in text for mark in _FULL):
        return "the disk is full"
    return (complaints or lines or ["it said nothing"])[-1]
