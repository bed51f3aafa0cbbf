"""A lane: one chain of entries of one process, how it goes on, and how its doubts are settled.

A lane never guesses. Before a row is sent the lane is *in doubt*, and it stays so until it is known
whether the row was committed. A lane in doubt is settled before it is used again, by `settle`.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from audit.connection import Connection
from audit.entry import NO_ENTRY, Entry, Link, canonical
from audit.key import TrailKey
from audit.tree import leaf_hash

APPENDED: Final = 0
WRITTEN: Final = range(1, 9)
SPOOLED: Final = 9


class Row(NamedTuple):
    """A row of `trail_pending`, and the hash that the next one names."""

    process: UUID
    lane: int
    number: int
    entry: bytes
    seal: bytes
    hash: bytes


class Lane:
    """One chain of one process.

    Args:
        process: The process.
        lane: Which of its lanes.
        key: Seals the rows.
    """

    def __init__(self, process: UUID, lane: int, key: TrailKey) -> None:
        self.process, self.lane = process, lane
        self.number, self.head = 0, NO_ENTRY
        self.doubt: Row | None = None
        self._key = key

    def rows(self, entries: Iterable[Entry]) -> list[Row]:
        """Return the rows that would carry *entries* on from here; the lane does not move.

        Raises:
            EntryRefused: An entry is too long.
        """
        rows = []
        number, head = self.number, self.head
        for entry in entries:
            number += 1
            text = canonical(entry, Link(self.process, self.lane, number, head))
            head = leaf_hash(text)
            rows.append(Row(self.process, self.lane, number, text, self._key.seal(text), head))
        return rows

    def was_committed(self, last: Row) -> None:
        """Move on to *last*: it is durable."""
        self.number, self.head, self.doubt = last.number, last.hash, None

    def was_rolled_back(self) -> None:
        """Stay: what was in doubt is not there."""
        self.doubt = None


_INSERT: Final = """
    insert into trail_pending (process, lane, number, entry, seal)
    select $1, $2, * from unnest($3::bigint[], $4::bytea[], $5::bytea[])
"""
_INSERT_AND_NAME: Final = f"with rows as ({_INSERT}) select pg_current_xact_id()::text"


async def insert(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert *rows*, all of one lane; outside a transaction they are durable on return."""
    await connection.execute(_INSERT, *_columns(rows))


async def insert_in_transaction(connection: Connection, rows: Sequence[Row]) -> str:
    """Insert *rows*, all of one lane, and return the id of the open transaction."""
    return str(await connection.fetchval(_INSERT_AND_NAME, *_columns(rows)))


async def outcome(connection: Connection, transaction_id: str) -> str:
    """Return 'committed', 'aborted' or 'in progress'; ask on the connection that ran it."""
    return str(await connection.fetchval("select pg_xact_status($1::text::xid8)", transaction_id))


async def settle(lane: Lane, connection: Connection) -> bool:
    """Find out whether what is in doubt was committed; return True if it was.

    A commit whose answer was lost may still be under way on the server, so looking is not enough.
    Inserting the same key waits for it: then the key is either taken (committed), or free. Free
    also means committed if the sequencer has moved the row meanwhile, which `trail_lane` tells. The
    probe itself is always rolled back.
    """
    doubt = lane.doubt
    if doubt is None:
        return False
    place = (doubt.process, doubt.lane, doubt.number)
    probe = connection.transaction()
    await probe.start()
    try:
        answer = await connection.execute(
            "insert into trail_pending (process, lane, number, entry, seal)"
            " values ($1, $2, $3, '', '') on conflict do nothing",
            *place,
        )
        is_committed = answer == "INSERT 0 0" or await connection.fetchval(
            "select exists (select from trail_lane"
            " where process = $1 and lane = $2 and number >= $3)",
            *place,
        )
    finally:
        await probe.rollback()
    if is_committed:
        lane.was_committed(doubt)
    else:
        lane.was_rolled_back()
    return bool(is_committed)


def _columns(rows: Sequence[Row]) -> tuple[UUID, int, list[int], list[bytes], list[bytes]]:
    return (
        rows[0].process,
        rows[0].lane,
        [row.number for row in rows],
        [row.entry for row in rows],
        [row.seal for row in rows],
    )
