"""The key ring is made once, opens only unedited, and follows the KEK."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from domain.identity import new_id
from store.database import Database
from store.key import (
    add_ring_key,
    open_kek,
    open_vault,
    rewrap_ring,
    ring_keys,
)
from tests.store.test_key import AT, ROW, key_now, sealed_name, started
from vault.errors import KekUnusable, SealBroken
from vault.kek import kek_file
from vault.kek_file import drop_old_keks, rotate_kek_file
from vault.key import RingPurpose
from vault.registry import NAME, PHONE
from vault.suite import Suite


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
