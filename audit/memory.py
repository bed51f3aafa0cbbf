"""What this machine remembers of the trail, out of reach of whoever deletes rows in the database.

- How far each lane has come: one small file a process, WEIHU_HOME/spool/<process>.heads, locked as
  long as the process lives. It is written after each commit and not synced: it survives `kill -9`,
  and after a power failure it may lag, never lead.
- The newest checkpoint: WEIHU_HOME/spool/trail.checkpoint.
"""

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from audit.lane import Lane

_log = logging.getLogger(__name__)

SEEN_FILE: Final = Path("spool") / "trail.checkpoint"
_RECORD: Final = 96
_SUFFIX: Final = ".heads"


class Head(NamedTuple):
    """The last entry of a lane that was acknowledged."""

    process: UUID
    lane: int
    number: int
    leaf_hash: bytes


class HeadFile:
    """This process's file; made with the first head.

    Args:
        folder: WEIHU_HOME/spool.
        process: The process.
    """

    def __init__(self, folder: Path, process: UUID) -> None:
        self._path = folder / f"{process}{_SUFFIX}"
        self._descriptor: int | None = None
        self._is_told = False

    def keep(self, lane: Lane) -> None:
        """Note how far *lane* has come; a full disk fails no entry that is durable already."""
        try:
            self._keep(lane)
        except OSError:
            if not self._is_told:
                _log.warning("How far the trail's lanes came cannot be kept.", exc_info=True)
            self._is_told = True

    def close(self) -> None:
        """Let go of the file; the next process to open the trail looks into it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _keep(self, lane: Lane) -> None:
        if self._descriptor is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        record = f"{lane.lane} {lane.number} {lane.head.hex()}".ljust(_RECORD - 1) + "\n"
        os.pwrite(self._descriptor, record.encode(), lane.lane * _RECORD)


def left_behind(folder: Path, suffix: str) -> Iterator[Path]:
    """Yield the files of processes that no longer live, each locked while the caller looks."""
    for path in sorted(folder.glob(f"*{suffix}")):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield path


def heads_left_behind(folder: Path) -> Iterator[tuple[Path, list[Head]]]:
    """Yield the file and the heads of each process that no longer lives."""
    for path in left_behind(folder, _SUFFIX):
        yield path, list(_heads(UUID(path.stem), path.read_bytes()))


def _heads(process: UUID, content: bytes) -> Iterator[Head]:
    for start in range(0, len(content), _RECORD):
        words = content[start : start + _RECORD].split()
        if len(words) == 3 and len(words[2]) == 64:
            lane, number, head = words
            yield Head(process, int(lane), int(number), bytes.fromhex(head.decode()))


def read_seen(home: Path) -> str | None:
    """Return the newest checkpoint that this machine has kept, or None."""
    try:
        return (home / SEEN_FILE).read_text(errors="replace")
    except FileNotFoundError:
        return None


def keep_seen(home: Path, note: str) -> None:
    """Keep the newest checkpoint, so that a store which is set back is found out."""
    path = home / SEEN_FILE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.write_text(note)
    os.replace(draft, path)
