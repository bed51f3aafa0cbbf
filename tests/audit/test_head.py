"""A log that was meddled with, or set back, is not gone on with."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from audit.connection import Connect
from audit.entry import Entry
from audit.head import HeadBroken
from audit.sequencer import Sequencer
from audit.trail import Trail

MakeEntry = Callable[..., Entry]


async def meddle(connection: asyncpg.Connection, statement: str) -> None:
    """Do what a database administrator could: triggers switched off."""
    async with connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(statement)


MEDDLING = {
    "entries deleted at the end": "delete from trail_entry where index >= 5",
    "an entry slipped in": "insert into trail_entry (index, entry, leaf_hash, at, action)"
    " select 10, entry, leaf_hash, at, action from trail_entry where index = 5",
    "an entry changed": "update trail_entry set entry = entry || ' ' where index = 9",
    "an entry and its hash changed": "update trail_entry"
    " set leaf_hash = sha256('x') where index = 3",
    "the head set back": "update trail_head set size = 8",
    "the head deleted": "delete from trail_head",
    "the head's edge changed": "update trail_head set edge = edge || '\\x00'",
    "the signature changed": "update trail_head set note = replace(note, 'weihu', 'other')",
}


@pytest.mark.parametrize("statement", MEDDLING.values(), ids=MEDDLING.keys())
async def test_a_sequencer_does_not_start_on_a_log_that_was_meddled_with(
    statement: str,
    trail: Trail,
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    await asyncio.gather(*(trail.append(an_entry()) for _ in range(9)))
    await Sequencer(connect, home, trail).drain()
    await meddle(connection, statement)

    with pytest.raises(HeadBroken):
        await Sequencer(connect, home, trail).start()


async def test_a_sequencer_does_not_start_on_an_older_backup(
    trail: Trail,
    connect: Connect,
    home: Path,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    for _ in range(2):
        await asyncio.gather(*(trail.append(an_entry()) for _ in range(9)))
        backup = await connection.fetchrow("select size, edge, note from trail_head")
        await Sequencer(connect, home, trail).drain()
    assert backup is not None
    await meddle(connection, f"delete from trail_entry where index >= {backup['size']}")
    async with connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("update trail_head set size = $1, edge = $2, note = $3", *backup)

    with pytest.raises(HeadBroken, match="older backup"):
        await Sequencer(connect, home, trail).start()


async def test_a_running_sequencer_does_not_sign_over_a_head_that_was_set_back(
    trail: Trail,
    sequencer: Sequencer,
    connection: asyncpg.Connection,
    an_entry: MakeEntry,
) -> None:
    await trail.append(an_entry())
    await sequencer.drain()
    await meddle(connection, "delete from trail_head")
    await trail.append(an_entry())

    with pytest.raises(HeadBroken):
        await sequencer.run(asyncio.Event())


async def test_a_trail_signed_with_another_key_is_not_gone_on_with(
    trail: Trail,
    sequencer: Sequencer,
    connect: Connect,
    tmp_path: Path,
    an_entry: MakeEntry,
) -> None:
    await trail.append(an_entry())
    await sequencer.drain()

    async with Trail(connect, tmp_path / "other") as other:
        with pytest.raises(HeadBroken, match="another key"):
            await Sequencer(connect, tmp_path / "other", other).start()


REFUSED = [
    "update trail_entry set index = 0",
    "delete from trail_entry",
    "truncate trail_entry",
    "update trail_subtree set index = 0",
    "delete from trail_subtree",
    "truncate trail_subtree",
    "update trail_checkpoint set size = 0",
    "delete from trail_checkpoint",
    "truncate trail_checkpoint",
    "update trail_set_aside set lane = 0",
    "delete from trail_set_aside",
    "truncate trail_set_aside",
    "update trail_pending set number = 0",
    "truncate trail_pending",
    "delete from trail_head",
    "truncate trail_head",
    "delete from trail_lane",
    "truncate trail_lane",
]


async def test_the_log_cannot_be_changed_by_the_service_itself(
    connection: asyncpg.Connection,
) -> None:
    for statement in REFUSED:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
