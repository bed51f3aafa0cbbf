"""One import or rating at a time, and one change of many customers at a time."""

import asyncpg

from rating.refusal import ImportBusy

_LOCK = 0x77656968_75_01
_MANY_CUSTOMERS = 0x77656968_75_02


async def take_turn(connection: asyncpg.Connection) -> None:
    """Take the turn until the open transaction ends; a round that is running is waited for.

    Raises:
        ImportBusy: Somebody else has it.
    """
    if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
        raise ImportBusy(
            "IMPORT_BUSY",
            "Another import or rating is running. Wait until it has ended, then try again.",
        )
    await take_many_customers(connection)


async def take_many_customers(connection: asyncpg.Connection) -> None:
    """Be alone in changing many customers until the open transaction ends; wait for it.

    Two who lock many rows in different orders could wait for each other for ever.
    """
    await connection.execute("select pg_advisory_xact_lock($1)", _MANY_CUSTOMERS)
