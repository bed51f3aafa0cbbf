"""The offline verifier's walk through the tiles of one log, from the leaves up."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import orjson

from audit.checkpoint import Checkpoint
from audit.checks import CHECKS, ChainCheck
from audit.form import EntryBroken, FormCheck
from audit.tile import BundleBroken, Tile, covered_paths, entries_of, hashes_of, levels_of, tiles_of
from audit.tree import HASH_BYTES, TILE_HEIGHT, Edge, leaf_hash
from audit.verdict import Verdict

Progress = Callable[[int, int], None]

_TELL_EVERY: Final = 64  # tiles
_CLOSE: Final = frozenset({"trail:close"})


class LogCheck:
    """One verification of one log.

    Args:
        folder: The exported log.
        checkpoint: What is signed.
        older: What was signed before, if that is known.
        verdict: Takes the findings.
        progress: Told how many entries of how many have been looked at.
    """

    def __init__(
        self,
        folder: Path,
        checkpoint: Checkpoint,
        older: Checkpoint | None,
        verdict: Verdict,
        progress: Progress,
    ) -> None:
        self._folder, self._checkpoint, self._older = folder, checkpoint, older
        self._verdict, self._progress = verdict, progress
        self._form, self._chains = FormCheck(), ChainCheck()
        self._checks = [make() for make in CHECKS]
        self._watched = _CLOSE.union(*(check.actions for check in self._checks))
        self._edge, self._is_whole = Edge(), True
        self._above: dict[int, list[bytes]] = {}

    def run(self) -> None:
        """Do steps 2 to 6 of the verification."""
        size = self._checkpoint.size
        for number, tile in enumerate(tiles_of(0, size)):
            leaves = self._leaves(tile)
            self._grow(leaves)
            if number % _TELL_EVERY == 0:
                self._progress(self._verdict.entries, size)
        self._progress(self._verdict.entries, size)
        for level in levels_of(size)[1:]:
            for tile in tiles_of(level, size):
                self._check_tile_above(tile)
        if self._is_whole and self._edge.root() != self._checkpoint.root:
            self._verdict.tampered("The entries do not lead to the root that was signed.")
        for index, words in self._chains.missing():
            self._verdict.tampered(words, index)
        for path in self._uncovered():
            self._verdict.incomplete(f"{path} is not covered by the checkpoint.")

    def _leaves(self, tile: Tile) -> list[bytes] | None:
        """Check a bundle against its tile; return leaf hashes, or None if neither gives them."""
        first = tile.first
        bundle, stored = self._read(tile.bundle_path), self._stored(tile)
        if bundle is None:
            self._verdict.incomplete(f"{tile.bundle_path} is missing.", first)
            self._chains.skip()
            return stored
        if stored is None:
            self._verdict.incomplete(f"{tile.path} is missing.", first)
        try:
            entries = entries_of(bundle, tile.width, first)
        except BundleBroken as error:
            self._verdict.tampered(f"{tile.bundle_path}: {error}", error.at)
            self._chains.skip()
            return stored
        leaves = [leaf_hash(entry) for entry in entries]
        if stored is not None and leaves != stored:
            pairs = enumerate(zip(leaves, stored, strict=True), first)
            wrong = next(index for index, (leaf, kept) in pairs if leaf != kept)
            self._verdict.tampered(f"The entry and its hash in {tile.path} disagree.", wrong)
        self._look_at(first, entries, leaves)
        return leaves

    def _look_at(self, first: int, entries: list[bytes], leaves: list[bytes]) -> None:
        """Check the entries of a bundle, one by one."""
        read, see, watched = self._form.read, self._chains.see, self._watched
        for index, (entry, leaf) in enumerate(zip(entries, leaves, strict=True), first):
            try:
                outline = read(entry)
            except EntryBroken as error:
                self._verdict.tampered(str(error), index)
                continue
            wrong = see(outline, leaf)
            if wrong is not None:
                self._verdict.tampered(wrong, index)
            if outline.grant or outline.action in watched:
                self._look_closer(index, entry)
        self._verdict.entries += len(entries)

    def _look_closer(self, index: int, entry: bytes) -> None:
        content = orjson.loads(entry)
        if content["action"] in _CLOSE:
            self._chains.close(index, content)
        for check in self._checks:
            wrong = check.see(content)
            if wrong is not None:
                self._verdict.tampered(wrong, index)

    def _grow(self, leaves: list[bytes] | None) -> None:
        """Add a tile's leaves to the tree; on the way, compare with the older checkpoint."""
        if leaves is None:
            self._is_whole = False
        if not self._is_whole or leaves is None:
            return
        older = self._older
        if older is not None and self._edge.size < older.size <= self._edge.size + len(leaves):
            then = Edge(self._edge.size, self._edge.hashes)
            then.extend(leaves[: older.size - self._edge.size])
            if then.root() != older.root:
                self._verdict.tampered(
                    f"The first {older.size} entries are not those of the older checkpoint: "
                    "the log was forked or rewritten."
                )
        for part in self._edge.extend(leaves):
            self._above.setdefault(part.level, []).append(part.hash)

    def _check_tile_above(self, tile: Tile) -> None:
        stored = self._stored(tile)
        if stored is None:
            self._verdict.incomplete(f"{tile.path} is missing.")
            return
        roots = self._above.get(tile.level, [])[tile.first : tile.first + tile.width]
        if not self._is_whole or stored == roots:
            return
        pairs = enumerate(zip(roots, stored, strict=False), tile.first)
        wrong = next((number for number, (root, kept) in pairs if root != kept), tile.first)
        first = wrong << (TILE_HEIGHT * tile.level)
        self._verdict.tampered(
            f"The entries from {first} on do not have the root that {tile.path} has for them.",
            None if self._verdict.names_an_entry else first,  # what is nearer to the leaf says more
        )

    def _stored(self, tile: Tile) -> list[bytes] | None:
        """Return the hashes of a tile, or None if it is missing or has not its size."""
        content = self._read(tile.path)
        if content is None:
            return None
        if len(content) != tile.width * HASH_BYTES:
            first = tile.first << (TILE_HEIGHT * tile.level)
            self._verdict.tampered(f"{tile.path} does not have its {tile.width} hashes.", first)
            return None
        return hashes_of(content)

    def _read(self, path: PurePosixPath) -> bytes | None:
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None

    def _uncovered(self) -> Iterator[str]:
        """Yield the files below tile/ that the checkpoint says nothing about."""
        covered = covered_paths(self._checkpoint.size)
        for folder, _, names in os.walk(self._folder / "tile"):
            for name in names:
                path = (Path(folder) / name).relative_to(self._folder).as_posix()
                if path not in covered:
                    yield path
