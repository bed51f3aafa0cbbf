"""A customer's file: a protected field shown for a purpose, contact data put right."""

from typing import Any

import pytest

from domain.errors import NotFound, RuleBroken
from services.customer import Revealed, amend_customer, reveal_customer_field
from services.sealing import key_of
from store.customer import CustomerRecord
from tests.bureau import Bureau
from vault.registry import ADDRESS, OCCUPATION, PHONE


async def _reveal(
    bureau: Bureau, customer: CustomerRecord, name: str = "manager1", **more: Any
) -> Revealed:
    asked = {"field": "phone", "purpose": "contact"} | more
    return await reveal_customer_field(await bureau.actor(name), customer.id, **asked)


async def _amend(
    bureau: Bureau, customer: CustomerRecord, name: str = "manager1", **more: str
) -> CustomerRecord:
    await amend_customer(await bureau.actor(name), customer.id, **more)
    return await CustomerRecord.get(id=customer.id)


async def _text(bureau: Bureau, customer: CustomerRecord, field: Any) -> str:
    async with bureau.house.database.connection() as connection:
        key = await key_of(bureau.house, connection, customer.id)
    cell = getattr(customer, f"{field.name}_sealed")
    return bureau.house.vault.unseal(field, customer.id, key, cell)


async def test_a_phone_number_is_shown_for_a_purpose_and_for_a_minute(bureau: Bureau) -> None:
    revealed = await _reveal(bureau, await bureau.customer())

    assert revealed == Revealed("13812345678", 60)


async def test_the_trail_has_field_and_purpose_and_never_the_value(bureau: Bureau) -> None:
    customer = await bureau.customer()

    await _reveal(bureau, customer)

    (entry,) = await bureau.entries("customer_field:reveal")
    assert (entry["fields"], entry["purpose"]) == ({"customer.phone": {"clear": 1}}, "contact")
    assert entry["rows"] == [str(customer.id)]
    assert "13812345678" not in str(entry)


@pytest.mark.parametrize("purpose", ["", "curiosity"])
async def test_nothing_is_shown_without_a_purpose(bureau: Bureau, purpose: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await _reveal(bureau, await bureau.customer(), purpose=purpose)

    (entry,) = await bureau.entries("customer_field:reveal")
    assert refusal.value.code == "PURPOSE_UNKNOWN"
    assert (entry["result"], entry["fields"]) == ("failed", {})


@pytest.mark.parametrize("name", ["manager2", "manager3", "head2", "county2", "auditor", "it"])
async def test_customers_of_others_stay_masked(bureau: Bureau, name: str) -> None:
    with pytest.raises(NotFound):
        await _reveal(bureau, await bureau.customer(), name)


@pytest.mark.parametrize("name", ["lobby1", "deputy", "security"])
async def test_seeing_a_list_is_not_seeing_a_phone_number(bureau: Bureau, name: str) -> None:
    with pytest.raises(NotFound):
        await _reveal(bureau, await bureau.customer(), name)


async def test_an_identity_number_takes_more_than_a_managers_post(bureau: Bureau) -> None:
    customer = await bureau.customer(id_number="110101197006050014")

    for name in ("manager1", "head1"):
        with pytest.raises(NotFound):
            await _reveal(bureau, customer, name, field="id_number")
    revealed = await _reveal(bureau, customer, "county1", field="id_number")

    assert revealed.text == "110101197006050014"


async def test_what_the_bank_does_not_know_is_shown_as_nothing(bureau: Bureau) -> None:
    revealed = await _reveal(bureau, await bureau.customer(), field="address")

    (entry,) = await bureau.entries("customer_field:reveal")
    assert (revealed.text, entry["fields"]) == (None, {})


async def test_a_phone_number_put_right_is_kept_in_one_form_and_found_by_it(
    bureau: Bureau,
) -> None:
    changed = await _amend(bureau, await bureau.customer(), phone="+86 139-8765 4321")

    assert await _text(bureau, changed, PHONE) == "13987654321"
    assert changed.phone_index == bureau.house.vault.blind_index(PHONE, "13987654321")


async def test_what_is_left_out_stays(bureau: Bureau) -> None:
    customer = await bureau.customer()

    changed = await _amend(bureau, customer, address=" 连云港市  海州区 ", occupation="教师")

    assert (changed.phone_sealed, changed.phone_index) == (
        customer.phone_sealed,
        customer.phone_index,
    )
    assert await _text(bureau, changed, ADDRESS) == "连云港市 海州区"
    assert await _text(bureau, changed, OCCUPATION) == "教师"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("phone", "138****5678", "MASKED_VALUE"),
        ("address", "江苏省连云港市海州区****", "MASKED_VALUE"),
        ("occupation", "****", "MASKED_VALUE"),
        ("phone", "晚上再打", "PHONE_SHAPE"),
        ("phone", "12345", "PHONE_SHAPE"),
        ("address", " ", "TEXT_LENGTH"),
        ("occupation", "教" * 201, "TEXT_LENGTH"),
    ],
)
async def test_what_is_no_value_is_refused_at_its_field(
    bureau: Bureau, field: str, text: str, code: str
) -> None:
    customer = await bureau.customer()

    with pytest.raises(RuleBroken) as refusal:
        await _amend(bureau, customer, **{field: text})

    unchanged = await CustomerRecord.get(id=customer.id)
    assert (refusal.value.code, refusal.value.path) == (code, ("input", field))
    assert unchanged.phone_sealed == customer.phone_sealed


async def test_one_bad_field_keeps_the_others_from_changing(bureau: Bureau) -> None:
    customer = await bureau.customer()

    with pytest.raises(RuleBroken):
        await _amend(bureau, customer, phone="13987654321", address="****")

    assert (await CustomerRecord.get(id=customer.id)).phone_index == customer.phone_index


async def test_the_trail_names_the_fields_put_right_and_no_value(bureau: Bureau) -> None:
    await _amend(bureau, await bureau.customer(), phone="13987654321", occupation="教师")

    (entry,) = await bureau.entries("customer:amend")
    assert entry["details"] == {"changed": ["phone_sealed", "phone_index", "occupation_sealed"]}
    assert "13987654321" not in str(entry)


@pytest.mark.parametrize("name", ["manager2", "head2", "county1", "lobby1", "city", "auditor"])
async def test_nobody_amends_customers_of_others(bureau: Bureau, name: str) -> None:
    with pytest.raises(NotFound):
        await _amend(bureau, await bureau.customer(), name, occupation="教师")
