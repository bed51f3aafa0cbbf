"""Planning an obligation for another day, through the service."""

from datetime import date
from typing import Any

import pytest

from domain.errors import NotFound, RuleBroken
from services.obligation import postpone_obligation
from store.obligation import ObligationEventRecord, ObligationRecord
from tests.bureau import TODAY, Bureau

FRIDAY = date(2026, 11, 20)


async def _postpone(
    bureau: Bureau, obligation: ObligationRecord, name: str = "manager1", **more: Any
) -> None:
    values: dict[str, Any] = {"plan_on": FRIDAY, "reason": "客户出差"} | more
    await postpone_obligation(await bureau.actor(name), obligation.id, **values)


async def test_a_plan_moves_within_its_window_and_keeps_the_reason(bureau: Bureau) -> None:
    obligation = await bureau.obligation(await bureau.customer())

    await _postpone(bureau, obligation)

    found = await ObligationRecord.get(id=obligation.id)
    event = await ObligationEventRecord.get(obligation_id=obligation.id)
    assert (found.plan_on, found.postponed, found.state) == (FRIDAY, 1, "open")
    assert (event.kind, event.plan_on, event.reason) == ("postponed", FRIDAY, "客户出差")


async def test_a_plan_moves_twice_at_most(bureau: Bureau) -> None:
    obligation = await bureau.obligation(await bureau.customer())
    for day in (20, 23):
        await _postpone(bureau, obligation, plan_on=date(2026, 11, day))

    with pytest.raises(RuleBroken) as refusal:
        await _postpone(bureau, obligation, plan_on=date(2026, 11, 24))

    assert refusal.value.code == "POSTPONED_TOO_OFTEN"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"plan_on": date(2026, 11, 17)}, "PLAN_IN_PAST"),
        ({"plan_on": date(2026, 12, 1)}, "PLAN_AFTER_DUE"),
        ({"plan_on": TODAY}, "PLAN_UNCHANGED"),
        ({"reason": " "}, "REASON_REQUIRED"),
    ],
)
async def test_what_the_rule_book_does_not_allow_is_refused_and_nothing_moves(
    bureau: Bureau, more: dict[str, Any], code: str
) -> None:
    obligation = await bureau.obligation(await bureau.customer())

    with pytest.raises(RuleBroken) as refusal:
        await _postpone(bureau, obligation, **more)

    assert refusal.value.code == code
    assert (await ObligationRecord.get(id=obligation.id)).plan_on == TODAY


async def test_a_plan_does_not_move_before_its_window(bureau: Bureau) -> None:
    next_month = {"opens_on": date(2026, 12, 1), "due_on": date(2026, 12, 31)}
    customer = await bureau.customer()
    obligation = await bureau.obligation(customer, plan_on=date(2026, 12, 7), **next_month)

    with pytest.raises(RuleBroken) as refusal:
        await _postpone(bureau, obligation)

    assert refusal.value.code == "PLAN_BEFORE_OPEN"


async def test_what_is_settled_does_not_move(bureau: Bureau) -> None:
    customer = await bureau.customer()
    obligation = await bureau.obligation(customer)
    await bureau.note("manager1", customer)

    with pytest.raises(RuleBroken) as refusal:
        await _postpone(bureau, obligation)

    assert refusal.value.code == "OBLIGATION_NOT_OPEN"


@pytest.mark.parametrize("name", ["manager2", "manager3", "head2", "county1", "city", "auditor"])
async def test_nobody_moves_the_plan_of_others(bureau: Bureau, name: str) -> None:
    obligation = await bureau.obligation(await bureau.customer())

    with pytest.raises(NotFound):
        await _postpone(bureau, obligation, name)


async def test_the_trail_names_the_customer_whom_it_concerns(bureau: Bureau) -> None:
    customer = await bureau.customer()

    await _postpone(bureau, await bureau.obligation(customer), "head1")

    (entry,) = await bureau.entries("obligation:postpone")
    assert (entry["type"], entry["customers"]) == ("Obligation", [str(customer.id)])
