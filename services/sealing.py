"""Seal and unseal one customer's cells: their key out of the database, opened by the vault."""

from uuid import UUID

import asyncpg

from gate.house import House
from vault.key import CellKey


async def key_of(house: House, connection: asyncpg.Connection, customer_id: UUID) -> CellKey:
    """Return a customer's newest key, opened.

    Raises:
        KeyShredded: The customer was shredded: there is none.
    """
    row = await connection.fetchrow(
        "select id, ring_key_id, suite, wrapped from customer_key "
        "where customer_id = $1 order by id desc limit 1",
        customer_id,
    )
    if row is None:
        return house.vault.open_customer_key(None, None, None, None, customer_id)
    return house.vault.open_customer_key(
        row["id"], row["ring_key_id"], row["suite"], row["wrapped"], customer_id
    )
