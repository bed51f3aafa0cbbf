"""The account that our PostgreSQL runs under: PostgreSQL refuses to be root, so root's child is nobody."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NOBODY: Final = 65534


@dataclass(frozen=True, slots=True)
class ChildAccount:
    """Whom a child process runs as.

    Attributes:
        uid: The account, or None to stay who we are (we are no root).
    """

    uid: int | None

    @classmethod
    def for_folder(cls, data: Path) -> "ChildAccount":
        """Return who may own *data*: whoever does already, nobody for a new one, ourselves if we are no root."""
        if os.geteuid() != 0:
            return cls(None)
        owner = data.stat().st_uid if data.exists() else 0
        return cls(owner or NOBODY)

    def options(self) -> dict[str, Any]:
        """Return the arguments for subprocess: the account, and an environment without our secrets."""
        plain: dict[str, Any] = {
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            "cwd": "/",
            "umask": 0o077,
            "stdin": subprocess.DEVNULL,
        }
        if self.uid is not None:
            plain |= {"user": self.uid, "group": self.uid, "extra_groups": []}
        return plain

    def own_folder(self, folder: Path) -> None:
        """Make *folder* if it is missing, the child's and nobody else's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None:
            os.chown(folder, self.uid, self.uid)
        folder.chmod(0o700)

    def may_reach(self, path: Path) -> bool:
        """Tell whether the child may enter (or run) *path*, by letting it look."""
        if self.uid is None:
            return os.access(path, os.X_OK)
        look = subprocess.run(["test", "-x", str(path)], check=False, **self.options())  # noqa: S603,S607
        return look.returncode == 0
