"""The key ring is made once, customers' keys are stored and shredded, and the KEK rotates."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from domain.identity import new_id
from store.database import Database
from store.key import (
    add_customer_key,
    add_ring_key,
    copy_customer_keys,
    customer_keys,
    new_customer_key_ids,
    open_kek,
    open_vault,
    rewrap_ring,
    ring_keys,
    shred_customer,
)
from vault.envelope import key_id_of
from vault.errors import KekUnusable, KeyShredded, SealBroken
from vault.kek import kek_file
from vault.kek_file import drop_old_keks, rotate_kek_file
from vault.key import CellKey, RingPurpose
from vault.registry import NAME, PHONE
from vault.suite import Suite
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


async def test_of_processes_that_start_at_once_one_makes_the_ring(dsn: str, home: Path) -> None:
    async def start() -> bytes:
        connection = await asyncpg.connect(dsn)
        try:
            vault = await open_vault(connection, home, {}, AT)
            return vault.blind_index(PHONE, "13812345678")
        finally:
            await connection.close()

    indexes = await asyncio.gather(*(start() for _ in range(8)))

    connection = await asyncpg.connect(dsn)
    assert len(set(indexes)) == 1
    assert len(await ring_keys(connection)) == 2
    await connection.close()


async def test_another_suite_gets_a_key_for_new_customers_and_keeps_the_indexes(
    database: Database, home: Path
) -> None:
    customer_id = new_id()
    aes = await started(database, home, WEIHU_SUITE="aes")
    sealed = await sealed_name(database, aes, customer_id)

    sm4 = await started(database, home, WEIHU_SUITE="sm4")

    key = await key_now(database, sm4, customer_id)
    assert sm4.unseal(NAME, ROW, key, sealed) == "李梅丽"
    assert sm4.new_customer_key(1, customer_id).row.suite is Suite.SM4
    assert sm4.blind_index(PHONE, "13812345678") == aes.blind_index(PHONE, "13812345678")


async def test_a_lost_kek_is_asked_for_and_not_replaced(database: Database, home: Path) -> None:
    await started(database, home)
    kek_file(home).unlink()

    with pytest.raises(KekUnusable, match="safe copy"):
        await started(database, home)

    assert not kek_file(home).exists()


async def test_the_kek_of_another_database_is_refused(
    database: Database, home: Path, tmp_path: Path
) -> None:
    await started(database, home)
    elsewhere = tmp_path / "elsewhere"
    kek_file(elsewhere).parent.mkdir(parents=True, mode=0o700)
    rotate_to_stranger(kek_file(home), kek_file(elsewhere))

    with pytest.raises(KekUnusable, match="wrapped by the KEK local:"):
        await started(database, elsewhere)


def rotate_to_stranger(path: Path, stranger: Path) -> None:
    stranger.write_bytes(path.read_bytes())
    stranger.chmod(0o600)
    rotate_kek_file(stranger)
    drop_old_keks(stranger)


async def test_the_kek_may_come_from_the_environment(database: Database, home: Path) -> None:
    environ = {"WEIHU_KEK": "env", "WEIHU_KEK_HEX": "5a" * 32}
    first = await started(database, home, **environ)

    again = await started(database, home, **environ)

    assert first.blind_index(PHONE, "1") == again.blind_index(PHONE, "1")
    assert not kek_file(home).exists()


@pytest.mark.parametrize("environ", [{"WEIHU_SUITE": "des"}, {"WEIHU_KEK": "paper"}])
async def test_what_the_environment_asks_for_must_exist(
    database: Database, home: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(KekUnusable, match="must be"):
        await started(database, home, **environ)


@pytest.mark.parametrize(
    "attack",
    [
        "update ring_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)",
        "update ring_key set suite = 3 - suite",
        "update ring_key set id = id + 10",
        "update ring_key set purpose = "
        "case purpose when 'customer' then 'blind_index' else 'customer' end",
        "update ring_key a set wrapped = b.wrapped from ring_key b where a.id <> b.id",
    ],
)
async def test_a_ring_that_an_administrator_has_edited_is_refused(
    database: Database, home: Path, attack: str
) -> None:
    await started(database, home)
    async with database.connection() as connection:
        await connection.execute(attack)

    with pytest.raises(SealBroken):
        await started(database, home)


async def test_retiring_a_key_in_the_table_does_not_bring_an_older_one_back(
    database: Database, home: Path
) -> None:
    await started(database, home)
    async with database.connection() as connection:
        newer = await add_ring_key(
            connection, open_kek(home, {}, Suite.AES), RingPurpose.CUSTOMER, Suite.AES, AT
        )
        await connection.execute("update ring_key set retired_at = $1 where id = $2", AT, newer.id)

    vault = await started(database, home)

    assert vault.new_customer_key(1, new_id()).row.ring_key_id == newer.id


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


async def test_rotating_the_kek_rewraps_the_ring_and_touches_nothing_else(
    database: Database, home: Path
) -> None:
    customer_id = new_id()
    vault = await started(database, home)
    sealed = await sealed_name(database, vault, customer_id)
    rotate_kek_file(kek_file(home))
    async with database.connection() as connection:
        before = await connection.fetch("select * from customer_key")
        kek = open_kek(home, {}, Suite.AES)

        assert await rewrap_ring(connection, kek) == 2
        assert await rewrap_ring(connection, kek) == 0

        assert await connection.fetch("select * from customer_key") == before
    drop_old_keks(kek_file(home))

    again = await started(database, home)

    key = await key_now(database, again, customer_id)
    assert again.unseal(NAME, ROW, key, sealed) == "李梅丽"


async def test_a_crash_while_rewrapping_leaves_a_ring_that_opens(
    database: Database, home: Path
) -> None:
    customer_id = new_id()
    vault = await started(database, home)
    sealed = await sealed_name(database, vault, customer_id)
    rotate_kek_file(kek_file(home))
    kek = open_kek(home, {}, Suite.AES)
    async with database.connection() as connection:
        with pytest.raises(ConnectionError):
            async with connection.transaction():
                await rewrap_ring(connection, kek)
                raise ConnectionError

    again = await started(database, home)

    key = await key_now(database, again, customer_id)
    assert again.unseal(NAME, ROW, key, sealed) == "李梅丽"


async def test_no_index_key_is_made_whose_id_no_version_byte_can_hold(
    database: Database, home: Path
) -> None:
    await started(database, home)
    async with database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute("update ring_key set id = 256 where purpose = 'blind_index'")
