"""The Merkle tree of RFC 6962: hashes, roots, and proofs with their verification; pure functions.

Where a proof is made, the subtrees it needs are named (`inclusion_ranges`, `consistency_ranges`)
and the caller brings their roots, because a log keeps hashes, not leaves. A range is (start, end)
of leaf indexes, end exclusive.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

Range: TypeAlias = tuple[int, int]

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256().digest()
TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT


class ProofBroken(Exception):
    """A proof does not lead to the root."""


@dataclass(frozen=True, slots=True)
class Subtree:
    """The root of a complete subtree of 256**level leaves; a hash in the tile of that level."""

    level: int
    index: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry as a leaf, 32 bytes."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees as one, 32 bytes."""
    return sha256(b"\1" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, or over the roots of equally high complete subtrees."""
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        paired = [sha256(b"\1" + left + right).digest() for left, right in pairs]
        row = paired + row[len(paired) * 2 :]
    return row[0]


class Edge:
    """The right edge of a growing tree: all it takes to go on and to give the root, O(log n).

    Args:
        size: Number of leaves so far.
        hashes: Roots of the complete subtrees that make up the tree, largest first.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size, self.hashes = size, list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError(f"The edge of {size} leaves has {size.bit_count()} hashes.")

    def extend(self, leaf_hashes: Iterable[bytes]) -> list[Subtree]:
        """Add leaves; return the subtrees of full tiles that are complete now."""
        complete = []
        for leaf in leaf_hashes:
            node, index, height = leaf, self.size, 0
            while index & 1:
                node = sha256(b"\1" + self.hashes.pop() + node).digest()
                index, height = index >> 1, height + 1
                if height % TILE_HEIGHT == 0:
                    complete.append(Subtree(height // TILE_HEIGHT, index, node))
            self.hashes.append(node)
            self.size += 1
        return complete

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        return joined(self.hashes)


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the subtrees that prove that leaf *index* is in the tree of *size*, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[Range]:
    """Return the subtrees that prove that the tree of *size* begins with that of *old*."""
    if not 0 < old <= size:
        raise ValueError(f"A tree of {old} is no beginning of one of {size} that can be proved.")
    start, end, ranges, is_whole = 0, size, list[Range](), True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, is_whole = middle, False
    if not is_whole:
        ranges.append((start, end))
    return ranges[::-1]


def complete_subtrees(ranges: Range) -> Iterator[Range]:
    """Yield the largest complete subtrees that make up a range as it occurs in a tree."""
    start, end = ranges
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        yield start, start + width
        start += width


def joined(edge: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees of falling height (see `complete_subtrees`)."""
    if not edge:
        return EMPTY_ROOT
    root = edge[-1]
    for left in reversed(edge[:-1]):
        root = node_hash(left, root)
    return root


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at *index* in the tree of *size* with *root*.

    The numbered steps are those of RFC 9162, 2.1.3.2.

    Raises:
        ProofBroken: It cannot be shown.
    """
    _ensure_hashes(leaf, root, *proof)
    if not 0 <= index < size:  # 1
        raise ProofBroken(f"There is no leaf {index} in a tree of {size}.")
    place, last, node = index, size - 1, leaf  # 2, 3
    for sibling in proof:  # 4
        if last == 0:
            raise ProofBroken("The proof is too long.")
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or node != root:  # 5
        raise ProofBroken("The proof does not lead to the root.")


def verify_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> None:
    """Check that the tree of *size* begins with the tree of *old*.

    The numbered steps are those of RFC 9162, 2.1.4.2.

    Raises:
        ProofBroken: It cannot be shown.
    """
    if old == size:
        if not old or proof or old_root != root:
            raise ProofBroken("Two trees of one size have different roots.")
        return
    _ensure_hashes(old_root, root, *proof)
    if not 0 < old < size or not proof:  # 1
        raise ProofBroken(f"This is no proof that {size} leaves begin with {old}.")
    nodes = iter(proof if old & (old - 1) else (old_root, *proof))  # 2
    place, last = old - 1, size - 1  # 3
    while place & 1:  # 4
        place, last = place >> 1, last >> 1
    first = second = next(nodes)  # 5
    for node in nodes:  # 6
        if last == 0:
            raise ProofBroken("The proof is too long.")
        if place & 1 or place == last:
            first, second = node_hash(node, first), node_hash(node, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, node)
        place, last = place >> 1, last >> 1
    if last != 0 or first != old_root or second != root:  # 7
        raise ProofBroken("The proof does not lead from the old root to the new one.")


def _ensure_hashes(*nodes: bytes) -> None:
    if any(len(node) != HASH_BYTES for node in nodes):
        raise ProofBroken("Something in the proof is no hash.")


def _split(width: int) -> int:
    """Return the largest power of two below *width*, which is 2 or more."""
    return 1 << ((width - 1).bit_length() - 1)
