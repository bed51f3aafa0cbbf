"""A delivery as it comes: a folder, or a .zip or .tar.gz that is unpacked without trust."""

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, Protocol

from rating.manifest import MANIFEST, MANIFEST_BYTES_MAX, Manifest, read_manifest
from rating.refusal import DeliveryRefused

MEMBERS_MAX: Final = 64
ROW_BYTES_MAX: Final = 1024  # of unpacked text for each row that the manifest tells of
HEAD_BYTES: Final = 64 * 1024
CHUNK_BYTES: Final = 1 << 20

Opener = Callable[[], IO[bytes]]
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def bytes_max(rows: int) -> int:
    """Return how large a text file of so many *rows* can be; a larger one is no delivery."""
    return HEAD_BYTES + rows * ROW_BYTES_MAX


class SupportsRead(Protocol):
    """Something that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Return at most *size* more bytes; none at the end."""


@contextmanager
def opened_package(source: Path) -> Iterator["Package"]:
    """Open a delivery for a block.

    Raises:
        DeliveryRefused: There is nothing to open, or no manifest in it.
    """
    try:
        if source.is_dir():
            yield Package({path.name: _opener(path) for path in source.iterdir()}, source)
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                yield Package(_members_of_zip(archive))
        elif source.is_file() and tarfile.is_tarfile(source):
            with tarfile.open(source) as archive:
                yield Package(_members_of_tar(archive))
        elif source.exists():
            raise DeliveryRefused(
                "NOT_A_DELIVERY",
                f"{source} is neither a folder nor a .zip or .tar.gz. Name the delivery itself.",
            )
        else:
            raise DeliveryRefused("NO_DELIVERY", f"There is no {source}. Check the name.")
    except _BROKEN as error:
        raise DeliveryRefused(
            "ARCHIVE_BROKEN",
            f"{source} cannot be unpacked: {error or type(error).__name__}. Copy it again, or ask "
            "the data centre to deliver again.",
        ) from None


class Package:
    """What lies in a delivery, by plain file name.

    Args:
        members: How to open each file.
        folder: Where the files lie, if they need no unpacking.
    """

    def __init__(self, members: Mapping[str, Opener], folder: Path | None = None) -> None:
        self._members = members
        self._folder = folder

    def manifest(self) -> Manifest:
        """Return the manifest.

        Raises:
            DeliveryRefused: There is none, or it is broken.
        """
        if MANIFEST not in self._members:
            raise DeliveryRefused(
                "NO_MANIFEST", "The delivery has no manifest.json. Name the folder that holds it."
            )
        with self._members[MANIFEST]() as file:
            content = file.read(MANIFEST_BYTES_MAX + 1)
        if len(content) > MANIFEST_BYTES_MAX:
            raise DeliveryRefused("MANIFEST_BROKEN", "manifest.json is larger than 1 MiB.")
        return read_manifest(content)

    def unpacked(self, manifest: Manifest, into: Path) -> Mapping[str, Path]:
        """Return where each file that *manifest* names lies, copied to *into* if it must be.

        Only these names are ever written, whatever paths an archive holds.

        Raises:
            DeliveryRefused: A file is missing, or far larger than its rows can be.
        """
        names = [file.name for file in manifest.files]
        missing = [name for name in names if name not in self._members]
        if missing:
            raise DeliveryRefused(
                "FILE_MISSING",
                f"manifest.json names {', '.join(missing)}, but the delivery has no such file. "
                "Copy it again, or ask the data centre to deliver again.",
            )
        if self._folder is not None:
            return {name: self._folder / name for name in names}
        for name in sorted(names, key=list(self._members).index):  # a tar is read from front to end
            with self._members[name]() as packed, (into / name).open("wb") as file:
                rows = next(each.rows for each in manifest.files if each.name == name)
                copy_bounded(packed, file, name, bytes_max(rows))
        return {name: into / name for name in names}


def copy_bounded(source: SupportsRead, target: IO[bytes], name: str, limit: int) -> None:
    """Copy *source* to *target*.

    Raises:
        DeliveryRefused: There are more than *limit* bytes.
    """
    written = 0
    while chunk := source.read(CHUNK_BYTES):
        written += len(chunk)
        if written > limit:
            raise DeliveryRefused(
                "FILE_TOO_LARGE",
                f"{name} unpacks to more than {limit:,} bytes, which its rows in manifest.json "
                "do not explain. Ask the data centre to deliver again.",
            )
        target.write(chunk)


def _opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def _members_of_zip(archive: zipfile.ZipFile) -> dict[str, Opener]:
    found: dict[str, Opener] = {}
    for member in archive.infolist():
        if member.is_dir():
            continue
        if member.flag_bits & 1:
            raise DeliveryRefused(
                "ARCHIVE_ENCRYPTED", "The archive is encrypted. Unpack it and name the folder."
            )
        _add(found, member.filename, partial(archive.open, member))
    return found


def _members_of_tar(archive: tarfile.TarFile) -> dict[str, Opener]:
    found: dict[str, Opener] = {}
    for member in archive:
        if member.isdir():
            continue
        if not member.isfile():
            raise DeliveryRefused(
                "ARCHIVE_STRANGE",
                "The archive holds a link or a device. A delivery has plain files only.",
            )
        _add(found, member.name, partial(_content, archive, member))
    return found


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise tarfile.TarError(f"{member.name} is no file")
    return content


def _add(found: dict[str, Opener], path: str, opener: Opener) -> None:
    """Add a member by its last name; all files of a delivery may lie in one folder together."""
    name = path.replace("\\", "/").rpartition("/")[2]
    if name in found:
        raise DeliveryRefused(
            "ARCHIVE_STRANGE",
            f"The archive holds {name} twice. Pack each delivery into an archive of its own.",
        )
    if len(found) >= MEMBERS_MAX:
        raise DeliveryRefused(
            "ARCHIVE_STRANGE", f"The archive holds more than {MEMBERS_MAX} files: no delivery."
        )
    found[name] = opener
