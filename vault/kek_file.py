"""The KEK in a file of its own: made whole or not at all, and refused when others may read it.

The file is text: the line ``weihu-kek-1``, then a line for each KEK, the one that wraps first:
64 hexadecimal digits, a space, and 16 digits of a checksum. A file that was only half written
fails its checksum or lacks its last newline.
"""

import contextlib
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from vault.errors import KekUnusable
from vault.kek import MATERIAL_BYTES, LocalKek, local_kek_id
from vault.suite import Suite

_TITLE: Final = "weihu-kek-1"
_LONGEST_BYTES: Final = 64 * 1024


def open_kek_file(path: Path, suite: Suite) -> LocalKek:
    """Return the KEK in the file at *path*.

    Raises:
        KekUnusable: The file is missing, open to others, or not whole.
    """
    return LocalKek(_materials(path), suite, str(path))


def kek_file_ids(path: Path) -> list[str]:
    """Return the names of the KEKs in the file, the one that wraps first.

    Raises:
        KekUnusable: The file is missing, open to others, or not whole.
    """
    return [local_kek_id(material) for material in _materials(path)]


def make_kek_file(path: Path) -> None:
    """Make a KEK at *path*, mode 0600, unless there is one: of two processes, one wins.

    The file gets its name only when it is whole and on disk, so that a crash leaves none.

    Raises:
        KekUnusable: It cannot be written there.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        materials = [os.urandom(MATERIAL_BYTES)]
        with _written(path, materials) as unnamed, contextlib.suppress(FileExistsError):
            os.link(unnamed, path)
        _keep_on_disk(path.parent.parent)  # or a power cut takes the folder and the KEK with it
    except OSError as error:
        raise KekUnusable(f"The KEK cannot be written to {path}: {error.strerror}.") from error


def rotate_kek_file(path: Path) -> None:
    """Put a new KEK first in the file at *path*; the ones before still open what they wrapped.

    Processes that run go on with what they have read: rewrap the key ring, then start them anew.

    Raises:
        KekUnusable: The file cannot be read or written.
    """
    _rewrite(path, lambda materials: [os.urandom(MATERIAL_BYTES), *materials])


def drop_old_keks(path: Path) -> None:
    """Leave only the KEK that wraps in the file at *path*; call it when nothing needs the others.

    Raises:
        KekUnusable: The file cannot be read or written.
    """
    _rewrite(path, lambda materials: materials[:1])


def _rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    try:
        with _turn(path), _written(path, change(_materials(path))) as unnamed:
            os.replace(unnamed, path)
    except OSError as error:
        raise KekUnusable(f"The KEK cannot be written to {path}: {error.strerror}.") from error


def _materials(path: Path) -> list[bytes]:
    """Return the KEKs in the file, first the one that wraps."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            _ensure_private(path, os.fstat(file.fileno()))
            text = file.read(_LONGEST_BYTES)
    except FileNotFoundError:
        raise KekUnusable(
            f"There is no KEK at {path}. Put it back from its safe copy: "
            "without it no sealed value of this database can be read."
        ) from None
    except OSError as error:
        raise KekUnusable(f"The KEK at {path} cannot be read: {error.strerror}.") from error
    title, *lines = text.decode("ascii", "replace").split("\n")
    materials = [_line_material(line) for line in lines[:-1]]
    if title != _TITLE or not materials or lines[-1] or None in materials:
        raise KekUnusable(f"The KEK at {path} is not whole. Put it back from its safe copy.")
    return [material for material in materials if material is not None]


def _line_material(line: str) -> bytes | None:
    """Return the KEK that a line holds; None if the line is not whole."""
    digits, _, checksum = line.partition(" ")
    try:
        material = bytes.fromhex(digits)
    except ValueError:
        return None
    is_whole = len(digits) == 2 * MATERIAL_BYTES and local_kek_id(material) == f"local:{checksum}"
    return material if is_whole else None


def _ensure_private(path: Path, found: os.stat_result) -> None:
    """Refuse a file that is not an ordinary one of our own account, closed to all others."""
    if not stat.S_ISREG(found.st_mode):
        raise KekUnusable(f"The KEK at {path} is not an ordinary file.")
    if found.st_mode & 0o077:
        raise KekUnusable(f"Others may reach the KEK. Close it to them: chmod 600 {path}")
    if os.geteuid() not in (found.st_uid, 0):
        raise KekUnusable(f"The KEK at {path} belongs to another account.")
    if path.parent.stat().st_mode & 0o022:
        raise KekUnusable(f"Others may replace the KEK. Close its folder: chmod 700 {path.parent}")


@contextlib.contextmanager
def _written(path: Path, materials: Sequence[bytes]) -> Iterator[Path]:
    """Yield a file beside *path* that holds *materials* and is on disk; what is left of it goes."""
    unnamed = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(unnamed, flags, 0o600), "wb") as file:
            file.write(_text(materials))
            file.flush()
            os.fsync(file.fileno())
        yield unnamed
        _keep_on_disk(path.parent)
    finally:
        unnamed.unlink(missing_ok=True)


def _keep_on_disk(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _text(materials: Sequence[bytes]) -> bytes:
    lines = [f"{each.hex()} {local_kek_id(each).removeprefix('local:')}" for each in materials]
    return "\n".join([_TITLE, *lines, ""]).encode("ascii")


@contextlib.contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Hold the folder's lock: two rotations at once would each forget the other's KEK."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
