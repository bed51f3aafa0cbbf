"""Check each delivered file against the manifest, and bring it into plain UTF-8 where it is not."""

import codecs
import gzip
import hashlib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from rating.ledger import put_in_place
from rating.manifest import DeliveredFile, Manifest
from rating.package import CHUNK_BYTES, bytes_max
from rating.refusal import DeliveryRefused

Read = Callable[[int], None]
"""Told how many more bytes have been read."""

_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u4e00", "\u9fff"
_OTHER: Final = {"utf-8": "gb18030", "gb18030": "utf-8"}


@dataclass(frozen=True, slots=True)
class BadBytes:
    """Where a file is not in the encoding that the manifest declares.

    Args:
        line: Counted from 1, the header included.
        byte: Counted from 0, from the file's beginning.
    """

    line: int
    byte: int


def ensure_agreement(paths: Mapping[str, Path], manifest: Manifest, read: Read) -> None:
    """Refuse the delivery unless the SHA-256 of every file is the manifest's.

    Raises:
        DeliveryRefused: Names every file that differs.
    """
    faults = []
    for file in manifest.files:
        actual = _sha256(paths[file.name], read)
        if actual != file.sha256:
            faults.append(f"{file.name} has {actual[:12]}…, manifest.json says {file.sha256[:12]}…")
    if faults:
        raise DeliveryRefused(
            "CHECKSUM_DIFFERS",
            f"The files are not those of the manifest (SHA-256): {'; '.join(faults)}. "
            "Copy the delivery again, or ask the data centre to deliver again.",
        )


def received(path: Path, file: DeliveredFile, encoding: str, work: Path) -> Path:
    """Return where *file* lies as plain UTF-8: where it was, or a copy in *work*.

    Raises:
        DeliveryRefused: It is not in that encoding, or cannot be unpacked.
    """
    if file.name.endswith(".parquet"):
        return path
    if file.name.endswith(".gz"):
        path = _unpacked(path, file, work)
    if encoding == "utf-8":
        _ensure_utf_8(path, file.name)
        return path
    return _transcoded(path, file.name, encoding, work)


def _sha256(path: Path, read: Read) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            read(len(chunk))
    return digest.hexdigest()


def _unpacked(path: Path, file: DeliveredFile, work: Path) -> Path:
    """Return a plain copy of a .gz file."""
    from rating.package import copy_bounded

    plain = work / file.name.removesuffix(".gz")
    unfinished = plain.with_name(plain.name + ".unfinished")
    try:
        with gzip.open(path) as packed, unfinished.open("wb") as copy:
            copy_bounded(packed, copy, file.name, bytes_max(file.rows))
    except (OSError, EOFError, zlib.error) as error:
        raise DeliveryRefused(
            "ARCHIVE_BROKEN",
            f"{file.name} cannot be unpacked: {error}. Ask the data centre to deliver again.",
        ) from None
    put_in_place(unfinished, plain)
    return plain


def _ensure_utf_8(path: Path, name: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _wrong_encoding(path, name, "utf-8") from None


def _transcoded(path: Path, name: str, encoding: str, work: Path) -> Path:
    """Return a copy in UTF-8."""
    plain = work / f"{name.removesuffix('.gz')}.utf-8"
    unfinished = plain.with_name(plain.name + ".unfinished")
    try:
        with path.open("rb") as source, unfinished.open("wb") as copy:
            _transcode(source, copy, encoding)
    except UnicodeDecodeError:
        raise _wrong_encoding(path, name, encoding) from None
    if _is_really_utf_8(path):
        raise DeliveryRefused(
            "WRONG_ENCODING",
            f"{name} is UTF-8, but manifest.json declares {encoding}. Ask the data centre to "
            'declare "utf-8" and deliver again.',
        )
    put_in_place(unfinished, plain)
    return plain


def _transcode(source: IO[bytes], copy: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    while chunk := source.read(CHUNK_BYTES):
        copy.write(decoder.decode(chunk).encode())
    copy.write(decoder.decode(b"", final=True).encode())


def _is_really_utf_8(path: Path) -> bool:
    """Tell whether a file that also decodes as GB18030 is Chinese text in UTF-8.

    GB18030 text of more than a word or two is hardly ever valid UTF-8 with ideographs in it.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_ideographs = False
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                text = decoder.decode(chunk)
                has_ideographs = has_ideographs or (
                    not text.isascii()
                    and any(_FIRST_IDEOGRAPH <= each <= _LAST_IDEOGRAPH for each in text)
                )
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return has_ideographs


def _wrong_encoding(path: Path, name: str, encoding: str) -> DeliveryRefused:
    """Return the refusal, with the place of the first bytes that do not belong."""
    place = bad_bytes(path, encoding)
    other = _OTHER[encoding]
    advice = (
        f'It reads as {other}: ask the data centre to declare "{other}" in manifest.json '
        "and deliver again."
        if bad_bytes(path, other) is None
        else "It is damaged, or in a third encoding: ask the data centre to deliver again."
    )
    where = f" (line {place.line}, byte {place.byte})" if place else ""
    return DeliveryRefused(
        "WRONG_ENCODING",
        f"{name} is not {encoding}, as manifest.json declares{where}. {advice}",
        params={"line": place.line, "byte": place.byte} if place else {},
    )


def bad_bytes(path: Path, encoding: str) -> BadBytes | None:
    """Return the first place where a file is not in *encoding*, or None.

    A line break is never part of a longer character, neither in UTF-8 nor in GB18030.
    """
    begin = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.isascii():
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as error:
                    return BadBytes(number, begin + error.start)
            begin += len(line)
    return None
