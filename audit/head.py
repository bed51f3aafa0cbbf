"""The head of the log in the store, and what must be true of it before anyone goes on from it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audit.checkpoint import (
    Checkpoint,
    NoteUnproved,
    NoteUnsound,
    Verifier,
    read_checkpoint,
)
from audit.connection import Connection
from audit.key import TrailKey
from audit.memory import SEEN_FILE, read_seen
from audit.stored import HashMissing, edge_hashes
from audit.tree import HASH_BYTES, TILE_WIDTH, Edge, joined, leaf_hash


class HeadBroken(Exception):
    """The log in the store is not the one that was signed; the message says how."""


class HeadMoved(Exception):
    """Another sequencer has moved the head meanwhile."""


@dataclass(frozen=True, slots=True)
class Head:
    """The row of `trail_head`."""

    size: int
    edge: bytes
    note: str

    def tree(self) -> Edge:
        """Return the tree's edge to go on from.

        Raises:
            HeadBroken: Size and edge do not belong together.
        """
        parts = range(0, len(self.edge), HASH_BYTES)
        try:
            return Edge(self.size, [self.edge[start : start + HASH_BYTES] for start in parts])
        except ValueError as error:
            raise HeadBroken(f"The head of the trail does not hold together: {error}") from error


async def read_head(connection: Connection) -> Head | None:
    """Return the head, or None if nothing has ever been sequenced."""
    row = await connection.fetchrow("select size, edge, note from trail_head")
    return Head(row["size"], bytes(row["edge"]), row["note"]) if row else None


async def move_head(
    connection: Connection, old: Head | None, tree: Edge, key: TrailKey, at: datetime
) -> Head:
    """Put the signed head of *tree* in place of *old*; keep a checkpoint once a minute.

    Raises:
        HeadMoved: *old* is not the head any more.
    """
    root = tree.root()
    checkpoint = Checkpoint(key.verifier.name, tree.size, root)
    head = Head(tree.size, b"".join(tree.hashes), key.signer.note(checkpoint.text()))
    if old is None:
        answer = await connection.execute(
            "insert into trail_head (size, edge, note) values ($1, $2, $3) on conflict do nothing",
            *(head.size, head.edge, head.note),
        )
    else:
        answer = await connection.execute(
            "update trail_head set size = $1, edge = $2, note = $3 where size = $4 and edge = $5",
            *(head.size, head.edge, head.note, old.size, old.edge),
        )
    if not answer.endswith(" 1"):
        raise HeadMoved
    await connection.execute(
        """
        insert into trail_checkpoint (size, root_hash, note, signed_at)
        select $1, $2, $3, $4::timestamptz
        where $4::timestamptz - interval '1 minute' >= coalesce(
            (select signed_at from trail_checkpoint order by size desc limit 1), '-infinity')
        """,
        *(head.size, root, head.note, at),
    )
    return head


async def ensure_head_fits(connection: Connection, home: Path, verifier: Verifier) -> Head | None:
    """Return the head if it is the one this service signed and the data bear it out.

    1. There are exactly as many entries as the head says, and it says it over our signature.
    2. The stored hashes give its edge.
    3. The entries of the last tile give their hashes.
    4. It goes on from the newest checkpoint that this machine has seen.

    Raises:
        HeadBroken: One of these fails; the message says which and what to do.
    """
    head = await read_head(connection)
    rows = await connection.fetchval("select coalesce(max(index) + 1, 0) from trail_entry")
    size = head.size if head else 0
    if size != rows:
        raise HeadBroken(
            f"The head of the trail says {size} entries, the store has {rows}. "
            "Restore the store from a backup that holds together, or ask the auditor."
        )
    seen = _seen(home, verifier)
    if head is not None:
        ensure_signed(head, verifier)
        await _ensure_hashes_fit(connection, head)
    if seen is not None:
        await _ensure_goes_on(connection, seen, size)
    return head


def ensure_signed(head: Head, verifier: Verifier) -> None:
    """Refuse a head that is not signed by our key, or not as it was signed.

    Raises:
        HeadBroken: Says what to do.
    """
    try:
        signed = read_checkpoint(head.note, [verifier])
    except NoteUnproved as error:
        raise HeadBroken(
            f"The trail was signed with another key than {verifier.name}. "
            "Bring back keys/trail.key of the WEIHU_HOME that it was made with."
        ) from error
    except NoteUnsound as error:
        raise HeadBroken(f"The head of the trail is not soundly signed: {error}") from error
    if (signed.size, signed.root) != (head.size, head.tree().root()):
        raise HeadBroken("The head of the trail is not what was signed: someone has changed it.")


def _seen(home: Path, verifier: Verifier) -> Checkpoint | None:
    note = read_seen(home)
    try:
        return None if note is None else read_checkpoint(note, [verifier])
    except (NoteUnproved, NoteUnsound) as error:
        raise HeadBroken(f"{SEEN_FILE} is not signed with this machine's key: {error}") from error


async def _ensure_hashes_fit(connection: Connection, head: Head) -> None:
    try:
        edge = await edge_hashes(connection, head.size)
    except HashMissing as error:
        raise HeadBroken(f"The trail has lost hashes: {error}") from error
    if b"".join(edge) != head.edge:
        raise HeadBroken("The stored hashes of the trail do not lead to its head.")
    first = max(head.size - 1, 0) // TILE_WIDTH * TILE_WIDTH
    last = await connection.fetch(
        "select index, entry, leaf_hash from trail_entry where index >= $1 order by index", first
    )
    for index, entry, stored in last:
        if leaf_hash(entry) != stored:
            raise HeadBroken(f"Entry {index} of the trail has been changed.")


async def _ensure_goes_on(connection: Connection, seen: Checkpoint, size: int) -> None:
    if seen.size > size:
        raise HeadBroken(
            f"The trail in the store has {size} entries, this machine has seen {seen.size}: an "
            "older backup was restored, or entries were deleted. Restore the newest backup; "
            "to begin a new trail, begin with a new WEIHU_HOME."
        )
    if joined(await edge_hashes(connection, seen.size)) != seen.root:
        raise HeadBroken(
            f"The first {seen.size} entries of the trail are not the ones signed here."
        )
