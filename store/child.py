"""The account that our PostgreSQL runs under: it refuses to be root, so root's child is nobody."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypedDict

NOBODY: Final = 65534
Words = Sequence[str | Path]


class _Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class ChildAccount:
    """Whom a child process runs as, without our environment: secrets may be in it.

    Attributes:
        uid: The account, or None to stay who we are (we are no root).
    """

    uid: int | None

    @classmethod
    def for_folder(cls, data: Path) -> "ChildAccount":
        """Return whose *data* is or shall be: its owner's, for a new one nobody's.

        Where we are no root it can only be our own.
        """
        if os.geteuid() != 0:
            return cls(None)
        owner = data.stat().st_uid if data.exists() else 0
        return cls(owner or NOBODY)

    def own(self, path: Path) -> None:
        """Give *path* to the child."""
        if self.uid is not None:
            os.chown(path, self.uid, self.uid)

    def own_folder(self, folder: Path) -> None:
        """Make *folder* if it is missing, the child's and nobody else's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        self.own(folder)

    def may_reach(self, path: Path) -> bool:
        """Tell whether the child may enter (or run) *path*, by letting it look."""
        if self.uid is None:
            return os.access(path, os.X_OK)
        return self.run(["test", "-x", path]).returncode == 0

    def run(self, words: Words, *, folder: int | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a program to its end; *folder* is an open directory to hand down."""
        return subprocess.run(  # noqa: S603 - programs and arguments are ours
            words,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            umask=0o077,
            env=_environment(),
            pass_fds=() if folder is None else (folder,),
            **self._account(),
        )

    def spawn(self, words: Words, *, folder: int, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        """Start a program that goes on by itself; Ctrl-C at the terminal does not reach it."""
        return subprocess.Popen(  # noqa: S603 - programs and arguments are ours
            words,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            umask=0o077,
            env=_environment(),
            pass_fds=(folder,),
            start_new_session=True,
            **self._account(),
        )

    def _account(self) -> _Account:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.uid, "extra_groups": []}


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
