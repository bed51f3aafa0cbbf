"""The key ring and the customers' keys in the database, and the vault opened on top of them.

Connections are asyncpg's. Who makes a customer's key and who stores it are one transaction: a cell
whose key was never stored opens for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from vault.errors import KekUnusable, SealBroken
from vault.kek import KekProvider, environment_kek, kek_file
from vault.kek_file import make_kek_file, open_kek_file
from vault.key import (
    CellKey,
    CustomerKeyRow,
    RingKeyRow,
    RingPurpose,
    customer_key_row,
)
from vault.keyring import Keyring, new_ring_key, rewrapped
from vault.suite import Suite
from vault.vault import Vault

_SUITES: Final[Mapping[str, Suite]] = {"aes": Suite.AES, "sm4": Suite.SM4}


async def open_vault(
    connection: asyncpg.Connection, home: Path, environ: Mapping[str, str], at: datetime
) -> Vault:
    """Return the vault that `WEIHU_SUITE` (aes, sm4) and `WEIHU_KEK` (file, env) ask for.

    On the very first start a KEK file and a key ring are made; of two processes one makes them and
    both use them. A KEK is never made for a ring that exists.

    Args:
        connection: Not in a transaction.
        home: WEIHU_HOME.
        environ: The process's environment.
        at: Now.

    Raises:
        KekUnusable: The KEK is missing, open to others, or not the one of this database; or the
            environment asks for what does not exist.
        SealBroken: A row of the ring was altered.
    """
    suite = _SUITES.get(environ.get("WEIHU_SUITE", "aes"))
    if suite is None:
        raise KekUnusable("WEIHU_SUITE must be aes or sm4.")
    is_first_start = not await ring_keys(connection)
    kek = open_kek(home, environ, suite, may_make=is_first_start)
    try:
        rows = await ensured_ring(connection, kek, suite, at)
        return Vault(Keyring(rows, kek, suite))
    finally:
        kek.close()


def open_kek(
    home: Path, environ: Mapping[str, str], suite: Suite, *, may_make: bool = False
) -> KekProvider:
    """Return the KEK that `WEIHU_KEK` names.

    Raises:
        KekUnusable: It cannot be had.
    """
    match environ.get("WEIHU_KEK", "file"):
        case "env":
            return environment_kek(environ, suite)
        case "file":
            path = kek_file(home)
            if may_make and not path.exists():
                make_kek_file(path)
            return open_kek_file(path, suite)
        case _:
            raise KekUnusable("WEIHU_KEK must be file or env.")


async def ring_keys(connection: asyncpg.Connection) -> list[RingKeyRow]:
    """Return the rows of the key ring.

    Raises:
        SealBroken: A row cannot have been written by us.
    """
    rows = await connection.fetch(
        "select id, purpose, suite, kek_id, wrapped from ring_key order by id"
    )
    try:
        return [
            RingKeyRow(
                row["id"],
                RingPurpose(row["purpose"]),
                Suite(row["suite"]),
                row["kek_id"],
                row["wrapped"],
            )
            for row in rows
        ]
    except ValueError as error:
        raise SealBroken("A row of the key ring was altered.") from error


async def ensured_ring(
    connection: asyncpg.Connection, kek: KekProvider, suite: Suite, at: datetime
) -> list[RingKeyRow]:
    """Return the key ring, with a key for customers of *suite* and a key for blind indexes.

    Another suite than before gets a key for new customers; the blind indexes keep theirs, since
    all of them would have to be made anew.
    """
    async with connection.transaction():
        await connection.execute("lock table ring_key in share row exclusive mode")
        rows = await ring_keys(connection)
        for row in rows:  # a KEK that was dropped since we read it must wrap nothing any more
            kek.unwrap(row.kek_id, row.wrapped, row.context)
        purposes = [each.purpose for each in rows if each.suite == suite]
        if RingPurpose.CUSTOMER not in purposes:
            rows.append(await add_ring_key(connection, kek, RingPurpose.CUSTOMER, suite, at))
        if not any(each.purpose is RingPurpose.BLIND_INDEX for each in rows):
            rows.append(await add_ring_key(connection, kek, RingPurpose.BLIND_INDEX, suite, at))
        return rows


async def add_ring_key(
    connection: asyncpg.Connection,
    kek: KekProvider,
    purpose: RingPurpose,
    suite: Suite,
    at: datetime,
) -> RingKeyRow:
    """Make a key, put it in the ring, and return its row; it is in use from the next start."""
    number = await connection.fetchval(
        "select nextval(pg_get_serial_sequence('ring_key', 'id'))::integer"
    )
    row = new_ring_key(number, purpose, suite, kek)
    await connection.execute(
        "insert into ring_key (id, purpose, suite, kek_id, wrapped, created_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        row.id,
        row.purpose.value,
        int(row.suite),
        row.kek_id,
        row.wrapped,
        at,
    )
    return row


async def rewrap_ring(connection: asyncpg.Connection, kek: KekProvider) -> int:
    """Wrap the ring by the KEK that wraps now, and return how many keys were not yet.

    Customers' keys and cells stay as they are. Run again after a crash, it goes on.
    """
    async with connection.transaction():
        await connection.execute("lock table ring_key in share row exclusive mode")
        old = [each for each in await ring_keys(connection) if each.kek_id != kek.kek_id]
        new = [rewrapped(each, kek) for each in old]
        await connection.executemany(
            "update ring_key set kek_id = $2, wrapped = $3 where id = $1",
            [(each.id, each.kek_id, each.wrapped) for each in new],
        )
        return len(new)


# -- customers' keys ---------------------------------------------------------------------------


async def add_customer_key(
    connection: asyncpg.Connection, vault: Vault, customer_id: UUID, at: datetime
) -> CellKey:
    """Make a key for a customer, store it, and return it ready to seal."""
    (key_id,) = await new_customer_key_ids(connection, 1)
    key = vault.new_customer_key(key_id, customer_id)
    await copy_customer_keys(connection, [key.row], at)
    return key


async def new_customer_key_ids(connection: asyncpg.Connection, count: int) -> list[int]:
    """Return *count* ids that nobody else gets; a key is bound to its id when it is made."""
    rows = await connection.fetch(
        "select nextval(pg_get_serial_sequence('customer_key', 'id')) from generate_series(1, $1)",
        count,
    )
    return [row[0] for row in rows]


async def copy_customer_keys(
    connection: asyncpg.Connection, rows: Iterable[CustomerKeyRow], at: datetime
) -> None:
    """Store many new keys at once, by COPY."""
    await connection.copy_records_to_table(
        "customer_key",
        columns=("id", "customer_id", "ring_key_id", "suite", "wrapped", "created_at"),
        records=(
            (each.id, each.customer_id, each.ring_key_id, int(each.suite), each.wrapped, at)
            for each in rows
        ),
    )


async def customer_keys(
    connection: asyncpg.Connection, customer_ids: Sequence[UUID]
) -> list[CustomerKeyRow]:
    """Return the keys of many customers, the newest of each first.

    Raises:
        SealBroken: A row cannot have been written by us.
    """
    rows = await connection.fetch(
        "select id, customer_id, ring_key_id, suite, wrapped from customer_key "
        "where customer_id = any($1::uuid[]) order by customer_id, id desc",
        list(customer_ids),
    )
    return [
        customer_key_row(
            row["id"], row["customer_id"], row["ring_key_id"], row["suite"], row["wrapped"]
        )
        for row in rows
    ]


async def shred_customer(connection: asyncpg.Connection, vault: Vault, customer_id: UUID) -> int:
    """Delete the keys of a customer and return how many there were: nothing opens any more.

    Backups hold the keys until they are overwritten.
    """
    rows = await connection.fetch(
        "delete from customer_key where customer_id = $1 returning id", customer_id
    )
    vault.forget(customer_id)
    return len(rows)
