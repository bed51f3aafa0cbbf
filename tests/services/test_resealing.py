"""All cells move to new keys while others work; nothing is lost and old keys are destroyed."""

import asyncio

import pytest

from domain.errors import NotFound
from gate.actor import console
from services.key import read_keys
from services.resealing import Resealed, reseal_keys
from services.sealing import key_of
from store.customer import CustomerRecord
from store.resealing import CellMoved
from tests.bureau import Bureau
from tests.services.sealed_book import add_book, complain, reload, texts
from vault.registry import PHONE
from vault.suite import Suite


async def _reseal(bureau: Bureau, *, new_keys: bool = False, index: bool = False) -> Resealed:
    return await reseal_keys(
        console(bureau.house),
        {},
        new_keys=new_keys,
        new_index_key=index,
        page_customers=2,
        seen_seconds=0,
    )


async def _count(bureau: Bureau, sql: str) -> int:
    async with bureau.house.database.connection() as connection:
        return int(await connection.fetchval(sql))


async def test_every_cell_is_under_a_new_key_and_says_what_it_said(bureau: Bureau) -> None:
    await add_book(bureau, 5)
    before = await texts(bureau.house)
    old = await _count(bureau, "select max(id) from customer_key")

    done = await _reseal(bureau, new_keys=True)

    assert (done.customers, done.cells, done.keys_destroyed) == (5, 30, 5)
    assert (done.ring_keys_made, done.ring_keys_destroyed) == (1, 1)
    assert await texts(bureau.house) == before
    assert await _count(bureau, f"select count(*) from customer_key where id <= {old}") == 0


async def test_another_suite_takes_over_cell_by_cell(bureau: Bureau) -> None:
    await add_book(bureau, 3)
    before = await texts(bureau.house)
    await reload(bureau, WEIHU_SUITE="sm4")

    await _reseal(bureau)

    keys = await read_keys(console(bureau.house), {})
    assert {count.suite for count in keys.cells} == {Suite.SM4}
    assert sum(count.cells for count in keys.cells) == len(before)
    assert keys.left == 0
    assert await texts(bureau.house) == before


async def test_indexes_are_made_anew_and_still_find(bureau: Bureau) -> None:
    (customer, *_) = await add_book(bureau, 3)
    old = customer.phone_index

    done = await _reseal(bureau, index=True)

    changed = await CustomerRecord.get(id=customer.id)
    assert done.indexes == 3
    assert changed.phone_index not in (None, old)
    assert changed.phone_index in bureau.house.vault.blind_indexes(PHONE, "13800000000")
    assert len(bureau.house.vault.ring.index_keys) == 1


async def test_a_second_time_there_is_nothing_to_do(bureau: Bureau) -> None:
    await add_book(bureau, 2)
    await _reseal(bureau, new_keys=True)

    assert await _reseal(bureau) == Resealed()


async def test_new_keys_are_not_made_before_the_last_ones_are_everywhere(bureau: Bureau) -> None:
    await add_book(bureau, 2)
    await reload(bureau, WEIHU_SUITE="sm4")

    assert (await _reseal(bureau, new_keys=True)).ring_keys_made == 0


async def test_who_writes_meanwhile_loses_nothing(bureau: Bureau) -> None:
    customers = await add_book(bureau, 6)
    writing = asyncio.Event()

    async def write(number: int) -> None:
        async with bureau.house.database.own_connection() as connection:
            for turn in range(12):
                customer = customers[(number + turn) % len(customers)]
                await complain(bureau, connection, customer, f"meanwhile {number} {turn}")
                writing.set()

    async def reseal() -> None:
        await writing.wait()
        for _ in range(3):
            await _reseal(bureau, new_keys=True)

    async with asyncio.TaskGroup() as group:
        group.create_task(reseal())
        for number in range(3):
            group.create_task(write(number))

    found = sorted(text for text in (await texts(bureau.house)).values() if "meanwhile" in text)
    assert found == sorted(f"meanwhile {n} {turn}" for n in range(3) for turn in range(12))


async def test_a_customer_whom_a_writer_holds_comes_last(bureau: Bureau) -> None:
    customers = await add_book(bureau, 3)
    await bureau.customer("C9999")
    async with bureau.house.database.own_connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        held = await key_of(bureau.house, connection, customers[0].id)
        resealing = asyncio.create_task(_reseal(bureau, new_keys=True))
        await asyncio.sleep(0.5)
        is_kept = await connection.fetchval(
            "select count(*) from customer_key where id = $1", held.row.id
        )
        assert (is_kept, resealing.done()) == (1, False)
        await transaction.commit()

    assert (await resealing).customers == 4


async def test_a_reader_finds_the_newest_key_right_at_every_moment(bureau: Bureau) -> None:
    await add_book(bureau, 6)
    before = await texts(bureau.house)
    resealing = asyncio.create_task(_reseal(bureau, new_keys=True))
    reads = 0
    while not resealing.done():
        assert await texts(bureau.house) == before
        reads += 1
        await asyncio.sleep(0)

    assert (await resealing).customers == 6
    assert reads > 0


async def test_a_broken_cell_keeps_its_key_and_the_others_go_on(bureau: Bureau) -> None:
    customers = await add_book(bureau, 3)
    async with bureau.house.database.connection() as connection:
        await connection.execute(
            "update customer set phone_sealed = set_byte(phone_sealed, 30, "
            "get_byte(phone_sealed, 30) # 1) where id = $1",
            customers[1].id,
        )
        row = await connection.fetchrow("select * from customer where id = $1", customers[1].id)

        done = await _reseal(bureau, new_keys=True)

        again = await connection.fetchrow("select * from customer where id = $1", customers[1].id)
    assert done.broken == frozenset({customers[1].id})
    assert (done.customers, done.ring_keys_destroyed) == (2, 0)
    assert again == row
    assert await _count(bureau, "select count(*) from customer_key") == 3


async def test_a_cell_moved_to_another_customer_is_not_given_a_good_seal(bureau: Bureau) -> None:
    first, second = await add_book(bureau, 2)
    async with bureau.house.database.connection() as connection:
        await connection.execute(
            "update customer set name_sealed = $1 where id = $2", second.name_sealed, first.id
        )

    assert (await _reseal(bureau, new_keys=True)).broken == frozenset({first.id})


async def test_a_cell_that_changes_under_the_work_undoes_the_page(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import resealing

    await add_book(bureau, 1)
    before = await texts(bureau.house)
    swap = resealing._Resealing._swap
    failures: list[int] = []

    async def late(work, column, cells):  # type: ignore[no-untyped-def]  # stands in for a method
        if not failures and column.table == "activity":
            failures.append(1)
            raise CellMoved
        await swap(work, column, cells)

    monkeypatch.setattr(resealing._Resealing, "_swap", late)

    done = await _reseal(bureau, new_keys=True)

    assert (done.customers, failures) == (1, [1])
    assert await texts(bureau.house) == before


async def test_the_trail_has_whose_cells_and_that_none_is_left(bureau: Bureau) -> None:
    customers = await add_book(bureau, 3)

    await _reseal(bureau, new_keys=True)

    entries = await bureau.entries("keys:reseal")
    named = [one for entry in entries for one in entry["customers"]]
    assert sorted(named) == sorted(str(one.id) for one in customers)
    assert entries[-1]["details"] == {"left": 0, "ring_keys_destroyed": 1}
    assert {entry["staff_no"] for entry in entries} == {"console"}


async def test_staff_neither_reseal_nor_look_at_keys(bureau: Bureau) -> None:
    for name in bureau.staff:
        actor = await bureau.actor(name)
        with pytest.raises(NotFound):
            await reseal_keys(actor, {}, new_keys=True, seen_seconds=0)
        with pytest.raises(NotFound):
            await read_keys(actor, {})
