"""One import or rating at a time."""

import asyncpg

from rating.refusal import ImportBusy

_LOCK = 0x77656968_75_01


async def take_turn(connection: asyncpg.Connection) -> None:
    """Take the turn until the open transaction ends.

    Raises:
        ImportBusy: Somebody else has it.
    """
    if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
        raise ImportBusy(
            "IMPORT_BUSY",
            "Another import or rating is running. Wait until it has ended, then try again.",
        )
