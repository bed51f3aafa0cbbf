"""The ring as it changes while processes run: found out, and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from store.key import open_kek, ring_keys
from store.sealed import INDEXED, SEALED, SealedColumn
from vault.key import RingPurpose
from vault.keyring import Keyring
from vault.suite import Suite
from vault.vault import Vault

SEEN_SECONDS: Final = 2.0  # every process looks this often whether the ring has changed


@dataclass(frozen=True, slots=True)
class RingKeyCount:
    """A key of the ring, and what hangs on it.

    Args:
        wraps: How many customers' keys it wraps; of an index key, how many indexes it made.
    """

    id: int
    purpose: RingPurpose
    suite: Suite
    kek_id: str
    created_at: datetime
    retired_at: datetime | None
    is_in_use: bool
    wraps: int


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells of a column are of one suite and under customers' keys of one ring key.

    Args:
        ring_key_id: None: their key is gone; they open for nobody.
    """

    table: str
    column: str
    suite: int
    ring_key_id: int | None
    cells: int


async def renew_ring(
    connection: asyncpg.Connection, vault: Vault, home: Path, environ: Mapping[str, str]
) -> bool:
    """Load the ring anew if keys have come or gone; tell whether they have.

    Raises:
        KekUnusable: The KEK that wraps a new key is not to be had here.
        SealBroken: A row of the ring was altered.
    """
    rows = await ring_keys(connection)
    if {row.id for row in rows} == vault.ring.ids:
        return False
    suite = vault.ring.current.suite
    kek = open_kek(home, environ, suite)
    try:
        vault.renew(Keyring(rows, kek, suite))
    finally:
        kek.close()
    return True


async def ring_key_counts(connection: asyncpg.Connection, vault: Vault) -> list[RingKeyCount]:
    """Return the keys of the ring in order, and what hangs on each."""
    wraps = {
        row["id"]: row["count"]
        for row in await connection.fetch(
            "select ring_key_id as id, count(*) from customer_key group by ring_key_id"
        )
    }
    indexes: dict[int, int] = {}
    for each, index in INDEXED:
        for row in await connection.fetch(
            f"select get_byte({index}, 0) as id, count(*) from {each.table} "
            f"where length({index}) > 0 group by 1"
        ):
            indexes[row["id"]] = indexes.get(row["id"], 0) + row["count"]
    in_use = {vault.ring.current.id, vault.ring.index_keys[0].id}
    rows = await connection.fetch(
        "select id, purpose, suite, kek_id, created_at, retired_at from ring_key order by id"
    )
    return [
        RingKeyCount(
            row["id"],
            RingPurpose(row["purpose"]),
            Suite(row["suite"]),
            row["kek_id"],
            row["created_at"],
            row["retired_at"],
            row["id"] in in_use,
            (wraps if row["purpose"] == RingPurpose.CUSTOMER else indexes).get(row["id"], 0),
        )
        for row in rows
    ]


async def cell_counts(connection: asyncpg.Connection) -> list[CellCount]:
    """Return how many cells there are, by column, suite and ring key."""
    return [count for column in SEALED for count in await _counts(connection, column)]


async def cells_of_customer(connection: asyncpg.Connection, customer_id: UUID) -> int:
    """Return how many sealed cells a customer has."""
    total = 0
    for each in SEALED:
        total += await connection.fetchval(
            f"select count({each.column}) from {each.table} where {each.customer} = $1", customer_id
        )
    return total


async def customers_without_key(connection: asyncpg.Connection) -> int:
    """Return how many customers have been shredded."""
    return int(
        await connection.fetchval(
            "select count(*) from customer c "
            "where not exists (select 1 from customer_key k where k.customer_id = c.id)"
        )
    )


async def _counts(connection: asyncpg.Connection, column: SealedColumn) -> list[CellCount]:
    rows = await connection.fetch(
        f"select get_byte(t.{column.column}, 1) as suite, k.ring_key_id, count(*) as cells "
        f"from {column.table} t left join customer_key k on k.id = sealed_key_id(t.{column.column})"
        f" and k.customer_id = t.{column.customer} "
        f"where length(t.{column.column}) > 1 group by 1, 2 order by 1, 2"
    )
    return [
        CellCount(column.table, column.column, row["suite"], row["ring_key_id"], row["cells"])
        for row in rows
    ]
