"""The layout of C2SP tlog-tiles: which files a log has, how hashes and entries stand in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from audit.tree import HASH_BYTES, TILE_HEIGHT, TILE_WIDTH

CHECKPOINT: Final = "checkpoint"
ENTRIES: Final = "entries"
MANIFEST: Final = "manifest.json"
MANIFEST_FORMAT: Final = 1
VKEY: Final = "trail.vkey"


class BundleBroken(Exception):
    """An entry bundle does not hold together; *at* is the first entry that cannot be read."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: up to 256 hashes of complete subtrees of 256**level leaves."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> PurePosixPath:
        """Where its file lies."""
        return PurePosixPath("tile", str(self.level), *_index_parts(self.index, self.width))

    @property
    def bundle_path(self) -> PurePosixPath:
        """Where the entries of a level-0 tile lie."""
        return PurePosixPath("tile", ENTRIES, *_index_parts(self.index, self.width))

    @property
    def first(self) -> int:
        """Index, within its level, of its first hash."""
        return self.index * TILE_WIDTH


def tiles_of(level: int, size: int) -> Iterator[Tile]:
    """Yield the tiles of one level of a log of *size* entries, the partial one last."""
    hashes = size >> (TILE_HEIGHT * level)
    for index in range(hashes // TILE_WIDTH):
        yield Tile(level, index, TILE_WIDTH)
    if hashes % TILE_WIDTH:
        yield Tile(level, hashes // TILE_WIDTH, hashes % TILE_WIDTH)


def levels_of(size: int) -> range:
    """Return the levels that a log of *size* entries has tiles on."""
    levels = 0
    while size >> (TILE_HEIGHT * levels):
        levels += 1
    return range(levels)


def covered_paths(size: int) -> set[str]:
    """Return the files below tile/ of a log of *size* entries."""
    paths = {str(tile.bundle_path) for tile in tiles_of(0, size)}
    for level in levels_of(size):
        paths.update(str(tile.path) for tile in tiles_of(level, size))
    return paths


def bundle_of(entries: Sequence[bytes]) -> bytes:
    """Return entries as a bundle: each with its length in 16 bits before it."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def entries_of(bundle: bytes, width: int, first: int) -> list[bytes]:
    """Return the entries of a bundle.

    Args:
        bundle: The file's bytes.
        width: How many entries it must have.
        first: Index of the first, for the message.

    Raises:
        BundleBroken: More or fewer entries, or a torn one.
    """
    entries, start, end = [], 0, len(bundle)
    for number in range(width):
        stop = start + 2 + int.from_bytes(bundle[start : start + 2])
        if start + 2 > end or stop > end:
            raise BundleBroken("The bundle ends in the middle of an entry.", first + number)
        entries.append(bundle[start + 2 : stop])
        start = stop
    if start != end:
        raise BundleBroken("The bundle has more than its entries.", first + width)
    return entries


def hashes_of(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]


def _index_parts(index: int, width: int) -> Iterator[str]:
    """Yield the path of an index: 1234067 is x001/x234/067, with .p/W if the tile is partial."""
    digits = f"{index:0{-(-len(str(index)) // 3) * 3}d}"
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    yield from (f"x{group}" for group in groups[:-1])
    if width == TILE_WIDTH:
        yield groups[-1]
    else:
        yield f"{groups[-1]}.p"
        yield str(width)
