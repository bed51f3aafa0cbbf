"""The tree's hashes as the store keeps them, and the roots and proofs that follow from them."""

from audit.connection import Connection
from audit.tree import (
    TILE_HEIGHT,
    Range,
    complete_subtrees,
    consistency_ranges,
    inclusion_ranges,
    joined,
    root_of,
)


class HashMissing(Exception):
    """The store does not have a hash that the tree is made of."""


async def stored_hashes(connection: Connection, level: int, first: int, count: int) -> list[bytes]:
    """Return *count* hashes of one level of tiles from index *first* on.

    Raises:
        HashMissing: Not all are there.
    """
    rows = await connection.fetch(_LEAVES if level == 0 else _SUBTREES, first, first + count, level)
    hashes = [bytes(row[1]) for row in rows]
    if [row[0] for row in rows] != list(range(first, first + count)):
        raise HashMissing(f"Hashes of level {level} from {first} on are not all there.")
    return hashes


async def subtree_root(connection: Connection, of: Range) -> bytes:
    """Return the root of a complete subtree from at most 128 stored hashes."""
    start, end = of
    height = (end - start).bit_length() - 1
    level = height // TILE_HEIGHT
    shift = level * TILE_HEIGHT
    return root_of(await stored_hashes(connection, level, start >> shift, (end - start) >> shift))


async def edge_hashes(connection: Connection, size: int) -> list[bytes]:
    """Return the right edge of the tree of *size*, rebuilt from stored hashes."""
    return [await subtree_root(connection, part) for part in complete_subtrees((0, size))]


async def inclusion_proof(connection: Connection, index: int, size: int) -> list[bytes]:
    """Return the proof that entry *index* is in the tree of *size*."""
    return [await _root(connection, of) for of in inclusion_ranges(index, size)]


async def consistency_proof(connection: Connection, old: int, size: int) -> list[bytes]:
    """Return the proof that the tree of *size* begins with that of *old*."""
    return [await _root(connection, of) for of in consistency_ranges(old, size)]


async def _root(connection: Connection, of: Range) -> bytes:
    return joined([await subtree_root(connection, part) for part in complete_subtrees(of)])


_LEAVES = """
    select index, leaf_hash from trail_entry
    where index >= $1 and index < $2 and $3::smallint = 0 order by index
"""
_SUBTREES = """
    select index, hash from trail_subtree
    where level = $3 and index >= $1 and index < $2 order by index
"""
