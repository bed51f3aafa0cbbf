"""The KEK rotates whatever kills it; a shredded customer's cells open for nobody."""

from pathlib import Path

import pytest

from domain.errors import NotFound, RuleBroken
from gate.actor import console
from services.customer import amend_customer, reveal_customer_field
from services.key import read_keys, rotate_keys, shred_customer
from services.resealing import reseal_keys
from store.customer import CustomerRecord
from tests.bureau import Bureau
from tests.services.sealed_book import add_book, reload, texts
from vault.errors import KekUnusable, SealBroken
from vault.kek import kek_file
from vault.kek_file import kek_file_ids


async def test_a_rotation_changes_the_kek_and_touches_no_cell(bureau: Bureau, home: Path) -> None:
    await add_book(bureau, 2)
    before, (old,) = await texts(bureau.house), kek_file_ids(kek_file(home))

    rotated = await rotate_keys(console(bureau.house), {})

    keys = await read_keys(console(bureau.house), {})
    assert (rotated.rewrapped, rotated.keks_dropped, rotated.went_on) == (2, 1, False)
    assert kek_file_ids(kek_file(home)) == [keys.kek_id] != [old]
    assert {key.kek_id for key in keys.ring} == {keys.kek_id}
    await reload(bureau)
    assert await texts(bureau.house) == before


async def test_the_environment_is_asked_for_a_new_kek(bureau: Bureau) -> None:
    environ = {"WEIHU_KEK": "env", "WEIHU_KEK_HEX": "5a" * 32}
    old = kek_file(bureau.house.home).read_text().split()[1]
    both = {**environ, "WEIHU_KEK_HEX_OLD": old}

    assert (await rotate_keys(console(bureau.house), both)).rewrapped == 2
    with pytest.raises(RuleBroken, match="WEIHU_KEK_HEX_OLD"):
        await rotate_keys(console(bureau.house), environ)


async def test_a_rotation_is_two_facts_in_the_trail(bureau: Bureau) -> None:
    await rotate_keys(console(bureau.house), {})

    first, second = await bureau.entries("keys:rotate")
    assert (first["details"]["rewrapped"], second["details"]["keks_dropped"]) == (2, 1)
    assert first["details"]["kek"] == second["details"]["kek"]


async def test_a_kek_that_is_gone_is_told(bureau: Bureau) -> None:
    kek_file(bureau.house.home).unlink()

    assert "safe copy" in (await read_keys(console(bureau.house), {})).kek_fault
    with pytest.raises(KekUnusable):
        await rotate_keys(console(bureau.house), {})


async def test_shredding_takes_two_steps(bureau: Bureau) -> None:
    (customer,) = await add_book(bureau, 1)
    before = await texts(bureau.house)

    with pytest.raises(RuleBroken, match="6 values of customer C0000") as refusal:
        await shred_customer(console(bureau.house), "C0000", is_sure=False)

    assert refusal.value.code == "SHRED_UNCONFIRMED"
    assert await texts(bureau.house) == before
    assert (await CustomerRecord.get(id=customer.id)).phone_index is not None


async def test_who_is_shredded_opens_for_nobody_and_is_found_by_nothing(bureau: Bureau) -> None:
    shredded, kept = await add_book(bureau, 2)

    assert await shred_customer(console(bureau.house), "C0000", is_sure=True) == 1
    assert await shred_customer(console(bureau.house), "C0000", is_sure=True) == 0

    with pytest.raises(SealBroken):
        await texts(bureau.house)
    gone = await CustomerRecord.get(id=shredded.id)
    assert (gone.phone_index, gone.id_number_index, gone.delivered_marks) == (None, None, None)
    revealed = await reveal_customer_field(
        await bureau.actor("manager1"), kept.id, field="phone", purpose="contact"
    )
    assert revealed.text == "13800000001"


async def test_nothing_is_read_from_or_added_to_who_was_shredded(bureau: Bureau) -> None:
    (customer,) = await add_book(bureau, 1)
    await shred_customer(console(bureau.house), "C0000", is_sure=True)
    manager = await bureau.actor("manager1")

    with pytest.raises(RuleBroken) as read:
        await reveal_customer_field(manager, customer.id, field="phone", purpose="contact")
    with pytest.raises(RuleBroken) as written:
        await amend_customer(manager, customer.id, phone="13912345678")

    assert (read.value.code, written.value.code) == ("CUSTOMER_ERASED", "CUSTOMER_ERASED")


async def test_resealing_leaves_the_shredded_shredded(bureau: Bureau) -> None:
    await add_book(bureau, 2)
    await shred_customer(console(bureau.house), "C0000", is_sure=True)

    done = await reseal_keys(console(bureau.house), {}, new_keys=True, seen_seconds=0)

    keys = await read_keys(console(bureau.house), {})
    assert (done.customers, done.broken, keys.shredded, keys.left) == (1, frozenset(), 1, 0)
    assert sum(each.cells for each in keys.cells if each.ring_key_id is None) == 6


async def test_shredding_is_a_fact_in_the_trail(bureau: Bureau) -> None:
    (customer,) = await add_book(bureau, 1)

    await shred_customer(console(bureau.house), "C0000", is_sure=True)

    (entry,) = await bureau.entries("customer:shred")
    assert entry["rows"] == [str(customer.id)]
    assert entry["details"] == {"keys_destroyed": 1, "cells": 6}


async def test_staff_neither_rotate_nor_shred(bureau: Bureau) -> None:
    await add_book(bureau, 1)
    before = await texts(bureau.house)

    for name in bureau.staff:
        actor = await bureau.actor(name)
        with pytest.raises(NotFound):
            await rotate_keys(actor, {})
        with pytest.raises(NotFound):
            await shred_customer(actor, "C0000", is_sure=True)

    assert await texts(bureau.house) == before
    assert len(kek_file_ids(kek_file(bureau.house.home))) == 1
