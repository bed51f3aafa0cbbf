"""Writes the log as files in the layout of C2SP tlog-tiles, for anyone to keep, serve and verify.

A full tile never changes, so an export goes on where an earlier one stopped. The checkpoint is put
in place last: until then the folder proves what it proved before.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import orjson

from audit.checkpoint import Checkpoint, NoteUnproved, NoteUnsound, Verifier, read_checkpoint
from audit.connection import Connection
from audit.head import read_head
from audit.stored import stored_hashes
from audit.tile import (
    CHECKPOINT,
    MANIFEST,
    VKEY,
    BundleBroken,
    Tile,
    bundle_of,
    covered_paths,
    entries_of,
    levels_of,
    tiles_of,
)
from audit.tree import leaf_hash
from audit.verify import manifest_of

Progress = Callable[[int, int], None]

_TILE_NAMES: Final = {"tile", CHECKPOINT, MANIFEST, VKEY}


class ExportRefused(Exception):
    """The folder cannot take this log; the message says what to do."""


async def export_log(
    connection: Connection,
    folder: Path,
    verifier: Verifier,
    progress: Progress = lambda done, total: None,
) -> Checkpoint:
    """Write the log as it stands now into *folder*, and return its checkpoint.

    Args:
        connection: Any connection to the store; entries may go on arriving meanwhile.
        folder: An empty folder, or one that holds an earlier export of the same log.
        verifier: The log's public key.
        progress: Told how many entries of how many are written.

    Raises:
        ExportRefused: Nothing has been sequenced yet, or the folder holds something else.
        HashMissing: The store has lost entries or hashes.
    """
    head = await read_head(connection)
    if head is None:
        raise ExportRefused("The trail has no entries yet.")
    checkpoint = read_checkpoint(head.note, [verifier])
    _ensure_goes_on(folder, checkpoint, verifier)
    for tile in tiles_of(0, checkpoint.size):
        await _write_leaves(connection, folder, tile)
        progress(tile.first + tile.width, checkpoint.size)
    for level in levels_of(checkpoint.size)[1:]:
        for tile in tiles_of(level, checkpoint.size):
            hashes = await stored_hashes(connection, level, tile.first, tile.width)
            _write(folder / tile.path, b"".join(hashes))
    await asyncio.to_thread(os.sync)
    _write(folder / VKEY, f"{verifier.vkey()}\n".encode())
    _write(folder / CHECKPOINT, head.note.encode())
    _write(folder / MANIFEST, orjson.dumps(manifest_of(checkpoint), option=orjson.OPT_INDENT_2))
    await asyncio.to_thread(_remove_outgrown, folder, checkpoint.size)
    return checkpoint


def _ensure_goes_on(folder: Path, checkpoint: Checkpoint, verifier: Verifier) -> None:
    """Refuse a folder that holds something other than an earlier export of this log."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportRefused(f"{folder} cannot be used: {error.strerror}.") from error
    if not {path.name for path in folder.iterdir()} <= _TILE_NAMES:
        raise ExportRefused(f"{folder} holds other files. Choose an empty folder.")
    try:
        before = read_checkpoint((folder / CHECKPOINT).read_text(), [verifier])
    except FileNotFoundError:
        return
    except (NoteUnproved, NoteUnsound, UnicodeDecodeError) as error:
        raise ExportRefused(f"{folder} holds another log. Choose an empty folder.") from error
    if before.size > checkpoint.size:
        raise ExportRefused(
            f"{folder} has {before.size} entries of this log, the store only {checkpoint.size}: "
            "the store was set back. Keep the folder, it is evidence."
        )


async def _write_leaves(connection: Connection, folder: Path, tile: Tile) -> None:
    """Write a tile of leaf hashes and its entries, unless an earlier export did."""
    hashes = await stored_hashes(connection, 0, tile.first, tile.width)
    if await asyncio.to_thread(_is_written, folder, tile, hashes):
        return
    rows = await connection.fetch(
        "select entry from trail_entry where index >= $1 and index < $2 order by index",
        tile.first,
        tile.first + tile.width,
    )
    await asyncio.to_thread(_write, folder / tile.bundle_path, bundle_of([row[0] for row in rows]))
    await asyncio.to_thread(_write, folder / tile.path, b"".join(hashes))


def _is_written(folder: Path, tile: Tile, hashes: Sequence[bytes]) -> bool:
    try:
        if (folder / tile.path).read_bytes() != b"".join(hashes):
            return False
        bundle = (folder / tile.bundle_path).read_bytes()
        entries = entries_of(bundle, tile.width, tile.first)
    except (OSError, BundleBroken):
        return False
    return [leaf_hash(entry) for entry in entries] == hashes


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _remove_outgrown(folder: Path, size: int) -> None:
    """Remove partial tiles of earlier exports, and drafts that a crash left."""
    covered = covered_paths(size)
    for path in (folder / "tile").rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in covered:
            path.unlink()
    for path in sorted((folder / "tile").rglob("*.p"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
