"""Seal and unseal one customer's cells: their key out of the database, opened by the vault."""

from uuid import UUID

import asyncpg

from domain.errors import RuleBroken
from gate.house import House
from vault.key import CellKey


async def hold_seals(connection: asyncpg.Connection, customer_id: UUID) -> None:
    """Let nobody reseal or shred a customer's cells until the open transaction ends.

    Call it before reading a cell that is then opened, and before sealing one: without it the
    customer's key may be exchanged in between. Whoever only writes waits for nobody here.
    """
    await connection.execute("select 1 from customer where id = $1 for key share", customer_id)


async def key_of(house: House, connection: asyncpg.Connection, customer_id: UUID) -> CellKey:
    """Return a customer's newest key, opened; it stays their key until the transaction ends.

    Raises:
        RuleBroken: The customer was shredded: there is none.
    """
    await hold_seals(connection, customer_id)
    row = await connection.fetchrow(
        "select id, ring_key_id, suite, wrapped from customer_key "
        "where customer_id = $1 order by id desc limit 1",
        customer_id,
    )
    if row is None:
        raise RuleBroken(
            "CUSTOMER_ERASED",
            "What the bank knew of this customer has been erased. It cannot be read or added to.",
        )
    return house.vault.open_customer_key(
        row["id"], row["ring_key_id"], row["suite"], row["wrapped"], customer_id
    )
