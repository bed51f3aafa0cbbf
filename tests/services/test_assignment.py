"""Who looks after a customer: by hand, and by load for those who have nobody."""

from asyncio import gather
from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.errors import NotFound, RuleBroken
from domain.identity import new_id
from gate.actor import console
from services.assignment import assign_customer, assign_unmanaged
from store.customer import AssignmentRecord, CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from store.staff import StaffPostRecord, StaffRecord
from tests.bureau import TODAY, Bureau


async def _assign(
    bureau: Bureau, customer: CustomerRecord, to: str = "manager2", **more: Any
) -> None:
    await assign_customer(
        await bureau.actor(more.pop("name", "head1")),
        customer.id,
        manager_id=bureau.staff[to],
        reason=more.pop("reason", "路近，方便上门"),
    )


async def _refusal(bureau: Bureau, customer: CustomerRecord, **more: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        await _assign(bureau, customer, **more)
    return refusal.value


async def _manager_of(customer: CustomerRecord) -> Any:
    return (await CustomerRecord.get(id=customer.id)).manager_id


async def _post(bureau: Bureau, name: str, role: str, outlet: str) -> None:
    await StaffPostRecord.create(
        id=new_id(),
        staff_id=bureau.staff[name],
        role=role,
        unit_id=bureau.units[outlet],
        from_on=date(2026, 1, 1),
    )


async def test_a_customer_changes_hands_from_today_with_the_reason_kept(bureau: Bureau) -> None:
    customer = await bureau.customer(manager=None)
    await _assign(bureau, customer, "manager1")

    bureau.clock.pass_by(days=1)
    await _assign(bureau, customer, "manager2")

    former, present = await AssignmentRecord.all().order_by("from_on")
    assert await _manager_of(customer) == bureau.staff["manager2"]
    assert (former.from_on, former.until_on) == (TODAY, date(2026, 11, 19))
    assert (present.until_on, present.because) == (None, "路近，方便上门")


async def test_open_obligations_go_along_and_others_stay(bureau: Bureau) -> None:
    customer = await bureau.customer()
    owed = await bureau.obligation(customer)
    done = await bureau.obligation(customer, kind="visit", state="missed")

    await _assign(bureau, customer)

    owners = [(await ObligationRecord.get(id=one.id)).owner_id for one in (owed, done)]
    (event,) = await ObligationEventRecord.all()
    assert owners == [bureau.staff["manager2"], bureau.staff["manager1"]]
    assert (event.kind, event.staff_id, event.reason) == ("reassigned", owners[0], "路近，方便上门")


async def test_nobody_has_more_than_200_customers_of_gold_and_above(bureau: Bureau) -> None:
    for _ in range(200):
        await bureau.customer(manager="manager2")
    gold, vip = await bureau.customer(), await bureau.customer(tier="vip")

    refusal = await _refusal(bureau, gold)
    await _assign(bureau, vip)

    assert (refusal.code, refusal.params["max"]) == ("MANAGER_FULL", 200)
    assert refusal.params["article"] == "第十一条(三)"
    assert await _manager_of(vip) == bureau.staff["manager2"]


async def test_two_last_customers_at_once_do_not_pass_the_cap(bureau: Bureau) -> None:
    for _ in range(199):
        await bureau.customer(manager="manager2")
    customers = [await bureau.customer() for _ in range(2)]

    results = await gather(*(_assign(bureau, one) for one in customers), return_exceptions=True)

    assert [type(one) for one in results].count(RuleBroken) == 1


@pytest.mark.parametrize("to", ["manager3", "head2", "teller2", "head1", "lobby1"])
async def test_only_a_manager_of_the_home_outlet_may_have_them(bureau: Bureau, to: str) -> None:
    assert (await _refusal(bureau, await bureau.customer(), to=to)).code == "MANAGER_ELSEWHERE"


async def test_a_teller_stands_in_where_the_outlet_has_no_manager(bureau: Bureau) -> None:
    customer = await bureau.customer(outlet="320701002", manager=None)

    await _assign(bureau, customer, "teller2", name="head2")

    assert await _manager_of(customer) == bureau.staff["teller2"]


async def test_a_teller_does_not_stand_in_where_there_is_a_manager(bureau: Bureau) -> None:
    await _post(bureau, "lobby1", "teller", "320701001")

    assert (await _refusal(bureau, await bureau.customer(), to="lobby1")).code == (
        "MANAGER_ELSEWHERE"
    )


async def test_a_reason_and_a_change_are_needed(bureau: Bureau) -> None:
    customer = await bureau.customer()

    assert (await _refusal(bureau, customer, reason=" ")).code == "REASON_REQUIRED"
    assert (await _refusal(bureau, customer, to="manager1")).code == "MANAGER_UNCHANGED"


@pytest.mark.parametrize("name", ["manager1", "head2", "county2", "teller2", "deputy", "it"])
async def test_nobody_gives_away_customers_who_are_not_in_their_hands(
    bureau: Bureau, name: str
) -> None:
    with pytest.raises(NotFound):
        await _assign(bureau, await bureau.customer(), name=name)


@pytest.mark.parametrize("name", ["head1", "county1", "city"])
async def test_the_outlets_head_and_the_officers_above_may_assign(
    bureau: Bureau, name: str
) -> None:
    customer = await bureau.customer()

    await _assign(bureau, customer, name=name)

    assert await _manager_of(customer) == bureau.staff["manager2"]


async def test_those_without_a_manager_go_to_whoever_has_fewest(bureau: Bureau) -> None:
    for _ in range(3):
        await bureau.customer(manager="manager1")
    for _ in range(5):
        await bureau.customer(manager=None)

    assert await assign_unmanaged(console(bureau.house)) == 5

    managers = Counter([one.manager_id for one in await CustomerRecord.all()])
    assert set(managers.values()) == {4}


async def test_who_is_assigned_by_load_takes_the_obligations_along(bureau: Bureau) -> None:
    obligation = await bureau.obligation(await bureau.customer(manager=None))

    await assign_unmanaged(console(bureau.house))

    owner_id = (await ObligationRecord.get(id=obligation.id)).owner_id
    assert owner_id == bureau.staff["manager1"]
    assert [one.staff_id for one in await ObligationEventRecord.all()] == [owner_id]


async def test_a_teller_gets_them_only_where_no_manager_works(bureau: Bureau) -> None:
    await _post(bureau, "lobby1", "teller", "320701001")
    here = await bureau.customer(manager=None)
    there = await bureau.customer(manager=None, outlet="320701002")

    await assign_unmanaged(console(bureau.house))

    assert await _manager_of(here) == bureau.staff["manager1"]
    assert await _manager_of(there) == bureau.staff["teller2"]


async def test_who_finds_nobody_stays_unassigned(bureau: Bureau) -> None:
    await StaffRecord.filter(id=bureau.staff["manager3"]).update(is_active=False)
    customer = await bureau.customer(manager=None, outlet="320702001")

    assert await assign_unmanaged(console(bureau.house)) == 0
    assert await _manager_of(customer) is None


async def test_who_is_full_gets_nobody_by_load_either(bureau: Bureau) -> None:
    for _ in range(200):
        await bureau.customer(manager="manager3", outlet="320702001")
    gold = await bureau.customer(manager=None, outlet="320702001")
    vip = await bureau.customer(manager=None, outlet="320702001", tier="vip")

    await assign_unmanaged(console(bureau.house))

    assert await _manager_of(gold) is None
    assert await _manager_of(vip) == bureau.staff["manager3"]


@pytest.mark.parametrize("name", ["head1", "county1", "city"])
async def test_only_the_console_assigns_everywhere_at_once(bureau: Bureau, name: str) -> None:
    with pytest.raises(NotFound):
        await assign_unmanaged(await bureau.actor(name))
