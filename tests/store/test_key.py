"""The key ring is made once, customers' keys are stored and shredded, and the KEK rotates."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from domain.identity import new_id
from store.database import Database
from store.key import (
    add_customer_key,
    copy_customer_keys,
    customer_keys,
    new_customer_key_ids,
    open_vault,
    shred_customer,
)
from vault.envelope import key_id_of
from vault.errors import KeyShredded, SealBroken
from vault.key import CellKey
from vault.registry import NAME, PHONE
from vault.vault import Vault

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ROW = new_id()


async def started(database: Database, home: Path, **environ: str) -> Vault:
    async with database.connection() as connection:
        return await open_vault(connection, home, environ, AT)


async def key_now(database: Database, vault: Vault, customer_id: UUID) -> CellKey:
    """Open the newest key as a reader does: by an outer join."""
    async with database.connection() as connection:
        row = await connection.fetchrow(
            "select k.* from (select $1::uuid as id) c "
            "left join customer_key k on k.customer_id = c.id order by k.id desc limit 1",
            customer_id,
        )
    assert row is not None
    return vault.open_customer_key(
        row["id"], row["ring_key_id"], row["suite"], row["wrapped"], customer_id
    )


async def sealed_name(database: Database, vault: Vault, customer_id: UUID) -> bytes:
    async with database.connection() as connection:
        key = await add_customer_key(connection, vault, customer_id, AT)
    return vault.seal(NAME, ROW, key, "李梅丽")


@pytest.mark.parametrize("suite", ["aes", "sm4"])
async def test_what_one_process_seals_the_next_opens(
    database: Database, home: Path, suite: str
) -> None:
    customer_id = new_id()
    first = await started(database, home, WEIHU_SUITE=suite)
    sealed = await sealed_name(database, first, customer_id)
    index = first.blind_index(PHONE, "13812345678")
    first.close()

    second = await started(database, home, WEIHU_SUITE=suite)

    key = await key_now(database, second, customer_id)
    assert second.unseal(NAME, ROW, key, sealed) == "李梅丽"
    assert second.blind_index(PHONE, "13812345678") == index


async def test_a_key_row_given_to_another_customer_opens_nothing(
    database: Database, home: Path
) -> None:
    victim, thief = new_id(), new_id()
    vault = await started(database, home)
    await sealed_name(database, vault, victim)
    async with database.connection() as connection:
        await connection.execute("update customer_key set customer_id = $1", thief)

    with pytest.raises(SealBroken):
        await key_now(database, vault, thief)
    with pytest.raises(KeyShredded):
        await key_now(database, vault, victim)


async def test_a_shredded_customer_opens_no_more_and_others_do(
    database: Database, home: Path
) -> None:
    gone, kept = new_id(), new_id()
    vault = await started(database, home)
    of_gone = await sealed_name(database, vault, gone)
    of_kept = await sealed_name(database, vault, kept)
    held = await key_now(database, vault, gone)

    async with database.connection() as connection:
        assert await shred_customer(connection, vault, gone) == 1

    with pytest.raises(KeyShredded):
        await key_now(database, vault, gone)
    with pytest.raises(SealBroken):
        vault.unseal(NAME, ROW, held, of_gone)
    key = await key_now(database, vault, kept)
    assert vault.unseal(NAME, ROW, key, of_kept) == "李梅丽"


async def test_a_customer_shredded_by_another_process_opens_no_more_either(
    database: Database, home: Path
) -> None:
    """A key that is still held here does not answer for a row that is gone."""
    customer_id = new_id()
    here, there = await started(database, home), await started(database, home)
    await sealed_name(database, here, customer_id)
    await key_now(database, here, customer_id)

    async with database.connection() as connection:
        await shred_customer(connection, there, customer_id)

    with pytest.raises(KeyShredded):
        await key_now(database, here, customer_id)


async def test_keys_of_many_customers_are_stored_and_fetched_at_once(
    database: Database, home: Path
) -> None:
    vault = await started(database, home)
    customers = [new_id() for _ in range(500)]
    async with database.connection() as connection:
        ids = await new_customer_key_ids(connection, len(customers))
        keys = [
            vault.new_customer_key(key_id, customer_id)
            for key_id, customer_id in zip(ids, customers, strict=True)
        ]
        await copy_customer_keys(connection, (key.row for key in keys), AT)
        again = await add_customer_key(connection, vault, customers[0], AT)

        found = await customer_keys(connection, customers[:20])

    assert [row.id for row in found[:2]] == [again.row.id, ids[0]]
    assert {row.customer_id: row for row in found[2:]} == {
        key.row.customer_id: key.row for key in keys[1:20]
    }


async def test_ids_of_keys_are_never_given_twice(database: Database) -> None:
    async with database.connection() as connection:
        ids = [
            *await new_customer_key_ids(connection, 5),
            *await new_customer_key_ids(connection, 5),
        ]

    assert len(set(ids)) == 10


async def test_the_database_reads_the_key_id_out_of_a_cell(database: Database, home: Path) -> None:
    vault = await started(database, home)
    sealed = await sealed_name(database, vault, new_id())
    async with database.connection() as connection:
        read = await connection.fetchrow(
            "select sealed_key_id($1) as key_id, sealed_key_id('') as of_nothing, "
            "sealed_key_id(null) as of_null",
            sealed,
        )

    assert read is not None
    assert tuple(read) == (key_id_of(sealed), None, None)
