"""Looks at each pending row before it enters the log: is it ours, and does it carry its lane on?"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

import orjson

from audit.connection import Connection
from audit.entry import NO_ENTRY
from audit.key import TrailKey
from audit.tree import Subtree, leaf_hash

_log = logging.getLogger(__name__)

LaneKey: TypeAlias = tuple[UUID, int]


class Pending(NamedTuple):
    """A row of `trail_pending`."""

    process: UUID
    lane: int
    number: int
    arrived: int
    entry: bytes
    seal: bytes


class LaneEnd(NamedTuple):
    """The last entry of a lane that is in the log."""

    number: int
    leaf_hash: bytes


class Taken(NamedTuple):
    """An entry on its way into the log, with what it is searched by."""

    entry: bytes
    leaf_hash: bytes
    at: datetime
    staff_id: str | None
    action: str
    customers: list[str]


@dataclass(slots=True)
class Intake:
    """What one round takes in.

    Args:
        taken: Entries for the log, in order.
        lanes: The new end of each lane they belong to.
        strange: Rows that this service did not write, each with the reason.
    """

    taken: list[Taken] = field(default_factory=list)
    lanes: dict[LaneKey, LaneEnd] = field(default_factory=dict)
    strange: list[tuple[Pending, str]] = field(default_factory=list)


def take_in(pending: Sequence[Pending], lanes: Mapping[LaneKey, LaneEnd], key: TrailKey) -> Intake:
    """Sort out *pending* rows, given where their lanes end in the log.

    A row without our seal, or of a number that the log has already, was put there by someone else:
    it is set aside. A gap in a lane means that a row was deleted: what is left goes into the log as
    it is, where the gap is plain for ever.
    """
    intake = Intake(lanes=dict(lanes))
    for row in pending:
        if not compare_digest(key.seal(row.entry), row.seal):
            intake.strange.append((row, "seal"))
            continue
        content = orjson.loads(row.entry)
        own = (UUID(content["process"]), content["lane"], content["number"])
        end = intake.lanes.get((row.process, row.lane), LaneEnd(0, NO_ENTRY))
        if own != row[:3] or row.number <= end.number:
            intake.strange.append((row, "repeated"))
            continue
        if row.number != end.number + 1 or content["previous"] != end.leaf_hash.hex():
            _log.error("Audit entries before %s/%d/%d were deleted.", *row[:3])
        leaf = leaf_hash(row.entry)
        intake.taken.append(_taken(row.entry, leaf, content))
        intake.lanes[row.process, row.lane] = LaneEnd(row.number, leaf)
    return intake


def _taken(entry: bytes, leaf: bytes, content: Mapping[str, object]) -> Taken:
    concerns = "rows" if content["type"] == "Customer" else "customers"
    customers = content[concerns]
    return Taken(
        entry,
        leaf,
        datetime.fromisoformat(str(content["at"])),
        str(content["staff_id"]) or None,
        str(content["action"]),
        customers if isinstance(customers, list) else [],
    )


async def pending_rows(connection: Connection, limit: int) -> list[Pending]:
    """Return the rows that arrived first, of those that are visible now."""
    rows = await connection.fetch(_PENDING, limit)
    return [Pending(*row) for row in rows]


async def lane_ends(connection: Connection, pending: Sequence[Pending]) -> dict[LaneKey, LaneEnd]:
    """Return where the lanes of *pending* end in the log."""
    keys = list({(row.process, row.lane) for row in pending})
    rows = await connection.fetch(_LANE_ENDS, [key[0] for key in keys], [key[1] for key in keys])
    return {(row[0], row[1]): LaneEnd(row[2], bytes(row[3])) for row in rows}


async def enter(
    connection: Connection,
    first: int,
    intake: Intake,
    complete: Sequence[Subtree],
) -> None:
    """Write what was taken in, from index *first* on, and what follows from it."""
    await connection.copy_records_to_table(
        "trail_entry",
        columns=("index", *Taken._fields),
        records=[(index, *taken) for index, taken in enumerate(intake.taken, first)],
    )
    await connection.copy_records_to_table(
        "trail_subtree",
        columns=("level", "index", "hash"),
        records=[(part.level, part.index, part.hash) for part in complete],
    )
    await connection.executemany(
        _MOVE_LANE, [(*key, end.number, end.leaf_hash) for key, end in intake.lanes.items()]
    )


async def set_aside(
    connection: Connection, strange: Iterable[tuple[Pending, str]], at: datetime
) -> None:
    """Keep rows that are not ours, out of the way."""
    await connection.executemany(
        _SET_ASIDE,
        [(*row[:3], row.entry, row.seal, reason, at) for row, reason in strange],
    )


async def take_out(connection: Connection, pending: Sequence[Pending]) -> None:
    """Delete *pending* rows.

    Raises:
        PendingChanged: Not all were there any more; nothing of the round may stand.
    """
    answer = await connection.execute(
        "delete from trail_pending where arrived = any($1)", [row.arrived for row in pending]
    )
    if answer != f"DELETE {len(pending)}":
        raise PendingChanged


class PendingChanged(Exception):
    """Somebody else has deleted pending rows during the round."""


_PENDING: Final = """
    select process, lane, number, arrived, entry, seal from trail_pending order by arrived limit $1
"""
_LANE_ENDS: Final = """
    select process, lane, number, leaf_hash
    from trail_lane join unnest($1::uuid[], $2::smallint[]) as wanted (process, lane)
    using (process, lane)
"""
_MOVE_LANE: Final = """
    insert into trail_lane (process, lane, number, leaf_hash) values ($1, $2, $3, $4)
    on conflict (process, lane) do update
    set number = excluded.number, leaf_hash = excluded.leaf_hash
"""
_SET_ASIDE: Final = """
    insert into trail_set_aside (process, lane, number, entry, seal, reason, found_at)
    values ($1, $2, $3, $4, $5, $6, $7)
"""
