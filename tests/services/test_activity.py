"""What is noted of a customer, by whom, and what the trail remembers of it."""

from asyncio import gather
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.activity import ActivityKind, ActivityOutcome
from domain.errors import NotFound, RuleBroken
from store.activity import ActivityRecord
from store.customer import CustomerRecord
from store.obligation import ObligationRecord
from store.staff import StaffRecord
from tests.bureau import TODAY, Bureau


async def test_a_note_is_kept_sealed_and_the_trail_has_no_word_of_it(bureau: Bureau) -> None:
    customer = await bureau.customer()

    noted = await bureau.note("manager1", customer, note="女儿考上了大学")

    record = await ActivityRecord.get(id=noted.activity_id)
    (entry,) = await bureau.entries("activity:note")
    assert record.note_sealed and "女儿".encode() not in record.note_sealed
    assert entry["details"] == {"activity": str(noted.activity_id), "settled": 0}


async def test_a_call_that_reached_them_is_their_last_contact(bureau: Bureau) -> None:
    customer = await bureau.customer()

    await bureau.note("manager1", customer)
    await bureau.note("manager1", customer, kind=ActivityKind.MESSAGE)

    assert (await CustomerRecord.get(id=customer.id)).last_contact_on == TODAY


async def test_the_same_form_sent_twice_is_one_activity(bureau: Bureau) -> None:
    customer, key = await bureau.customer(), uuid4()
    await bureau.obligation(customer)

    first = await bureau.note("manager1", customer, request_key=key)
    again = await bureau.note("manager1", customer, request_key=key)

    assert again == first
    assert await ActivityRecord.all().count() == 1


async def test_the_same_form_sent_twice_at_once_is_one_activity(bureau: Bureau) -> None:
    customer, key = await bureau.customer(), uuid4()

    one, other = await gather(
        bureau.note("manager1", customer, request_key=key),
        bureau.note("manager1", customer, request_key=key),
    )

    assert one == other
    assert await ActivityRecord.all().count() == 1


async def test_a_form_is_not_taken_for_another_customer(bureau: Bureau) -> None:
    key = uuid4()
    await bureau.note("manager1", await bureau.customer(), request_key=key)

    with pytest.raises(RuleBroken) as refusal:
        await bureau.note("manager1", await bureau.customer(), request_key=key)

    assert refusal.value.code == "REQUEST_KEY_TAKEN"


async def test_two_people_at_once_settle_one_obligation_once(bureau: Bureau) -> None:
    customer = await bureau.customer()
    obligation = await bureau.obligation(customer)

    one, other = await gather(bureau.note("manager1", customer), bureau.note("head1", customer))

    assert sorted([*one.settled, *other.settled]) == [obligation.id]
    assert await ActivityRecord.all().count() == 2


@pytest.mark.parametrize("name", ["manager2", "manager3", "head2", "county1", "lobby1", "auditor"])
async def test_nobody_notes_for_customers_who_are_not_theirs(bureau: Bureau, name: str) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)

    with pytest.raises(NotFound):
        await bureau.note(name, customer)

    assert await ActivityRecord.all().count() == 0
    assert await ObligationRecord.filter(state="open").count() == 1


async def test_what_cannot_be_noted_changes_nothing(bureau: Bureau) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)

    with pytest.raises(RuleBroken) as refusal:
        await bureau.note("manager1", customer, happened_on=TODAY + timedelta(days=1))

    assert refusal.value.code == "ACTIVITY_IN_FUTURE"
    assert await ObligationRecord.filter(state="open").count() == 1


async def test_a_customer_who_declines_is_noted_with_the_reason(bureau: Bureau) -> None:
    customer = await bureau.customer()

    with pytest.raises(RuleBroken) as refusal:
        await bureau.note("manager1", customer, outcome=ActivityOutcome.DECLINED, note=" ")

    assert refusal.value.code == "NOTE_REQUIRED"


async def test_a_colleague_who_left_did_not_come_along(bureau: Bureau) -> None:
    customer = await bureau.customer()
    await StaffRecord.filter(id=bureau.staff["head1"]).update(is_active=False)

    with pytest.raises(RuleBroken) as refusal:
        await bureau.note("manager1", customer, kind=ActivityKind.VISIT, along="head1")

    assert refusal.value.code == "COMPANION_UNKNOWN"
