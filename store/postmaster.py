"""What a PostgreSQL data folder tells of the server that runs on it, or ran."""

import os
import socket
import struct
import sys
from pathlib import Path
from typing import Final

_PID, _SOCKET_FOLDER, _STATUS = 0, 4, 7  # lines of postmaster.pid
_NOBODYS: Final = 4194305  # one more than Linux gives out
_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
PORT: Final = 5432  # only a part of the socket's name


class Postmaster:
    """The server process of one data folder, as ``postmaster.pid`` and the system tell it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._file = data / "postmaster.pid"

    def pid(self) -> int | None:
        """Return its process id, or None if it left none."""
        line = self._line(_PID)
        return int(line) if line and line.isdecimal() else None

    def socket_folder(self) -> Path | None:
        """Return the folder of its socket, or None."""
        line = self._line(_SOCKET_FOLDER)
        return Path(line) if line else None

    def is_ready(self) -> bool:
        """Tell whether it said that it takes connections; it may be dead since."""
        return self._line(_STATUS) == "ready"

    def answers(self) -> bool:
        """Tell whether it is ready and answers at its socket."""
        folder = self.socket_folder()
        if folder is None or not self.is_ready():
            return False
        with socket.socket(socket.AF_UNIX) as knock:
            knock.settimeout(5)
            try:
                knock.connect(str(folder / f".s.PGSQL.{PORT}"))
                # The system itself accepts for a process that was killed just now; PostgreSQL
                # says S or N to this.
                knock.sendall(_SSL_REQUEST)
                return knock.recv(1) in (b"S", b"N")
            except OSError:
                return False

    def runs(self) -> bool:
        """Tell whether any process of it is alive: itself, or one that outlived it."""
        if sys.platform == "linux":
            return any(
                self._works_here(entry)
                for entry in Path("/proc").iterdir()
                if entry.name.isdecimal()
            )
        pid = self.pid()
        if pid is None:
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return True

    def ensure_number_is_free(self) -> None:
        """See to it that a dead server's number stops nobody; call only when `runs()` is False.

        PostgreSQL starts over a pid file whose number is nobody's, and tidies up after the dead
        one. It refuses where the number is another process's by now, as it easily is in a
        container that was started again, or a dead child's that nobody has buried. So the number
        becomes one that no process can have.
        """
        try:
            file = os.open(self._file, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            return
        with os.fdopen(file, "r+b") as opened:
            _, _, rest = opened.read().partition(b"\n")
            opened.seek(0)
            opened.write(b"%d\n%s" % (_NOBODYS, rest))
            opened.truncate()

    def _works_here(self, process: Path) -> bool:
        """Tell whether it is a PostgreSQL that stands in the data folder, as all its own do."""
        try:
            is_postgres = (process / "comm").read_text(encoding="utf-8").strip() == "postgres"
            return is_postgres and (process / "cwd").samefile(self._data)  # the dead stand nowhere
        except OSError:
            return False

    def _line(self, number: int) -> str | None:
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return None
        return lines[number].strip() if number < len(lines) else None
