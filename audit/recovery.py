"""What a process does for those that died: brings home their spools, looks for their entries."""

import asyncio
from pathlib import Path

from audit.connection import Connection
from audit.memory import Head, heads_left_behind
from audit.spool import drain_lines, spools_left_behind


async def bring_home_spools(connection: Connection, folder: Path) -> None:
    """Move the spools that dead processes left in *folder* into the store."""
    for path in spools_left_behind(folder):
        await drain_lines(connection, await asyncio.to_thread(path.read_bytes))
        path.unlink()


async def look_for_heads(connection: Connection, folder: Path) -> list[tuple[Path, list[Head]]]:
    """Return heads that dead processes left behind and the store has lost: someone deleted entries.

    A file whose lanes are all sequenced has served and is removed. One that still waits for the
    sequencer stays for the next process to look at.
    """
    missing = []
    for path, heads in heads_left_behind(folder):
        places = [await _place(connection, head) for head in heads]
        if "nowhere" in places:
            lost = [head for head, place in zip(heads, places, strict=True) if place == "nowhere"]
            missing.append((path, lost))
        elif "pending" not in places:
            path.unlink()
    return missing


async def _place(connection: Connection, head: Head) -> str:
    """Return 'sequenced', 'pending' or 'nowhere'; in one statement, for it may move meanwhile."""
    place = await connection.fetchval(
        """
        select case
            when exists (
                select from trail_lane where (process, lane) = ($1, $2)
                and (number > $3 or (number = $3 and leaf_hash = $4))) then 'sequenced'
            when exists (
                select from trail_pending
                where (process, lane, number) = ($1, $2, $3)) then 'pending'
            else 'nowhere'
        end
        """,
        *head,
    )
    return str(place)
