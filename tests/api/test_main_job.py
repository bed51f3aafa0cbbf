"""A manager's day through the app: the queue, a call, what it settles and by which article."""

from typing import Any
from uuid import uuid4

from tests.api import operations as op
from tests.api.visitor import Visitor, gid
from tests.bureau import Bureau


async def _queue(visitor: Visitor) -> list[dict[str, Any]]:
    queue: list[dict[str, Any]] = (await visitor.ask(op.QUEUE, filter={}))["obligations"]["nodes"]
    return queue


async def test_a_call_that_is_noted_settles_what_was_owed_and_leaves_the_queue(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = await bureau.customer()
    obligation = await bureau.obligation(customer)
    await visitor.sign_in("manager1")
    (owed,) = await _queue(visitor)

    noted = await visitor.ask(
        op.NOTE, input=op.note_input(gid("Customer", customer), note="约好下周来网点")
    )

    settled = {"id": gid("Obligation", obligation), "article": "第十六条(一)", "state": "SETTLED"}
    assert owed["id"] == settled["id"]
    assert noted["noteActivity"]["settled"] == [settled]
    assert noted["noteActivity"]["activity"]["note"]["text"] == "约好下周来网点"
    assert await _queue(visitor) == []


async def test_the_form_that_is_sent_again_gets_the_same_answer(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)
    await visitor.sign_in("manager1")
    sent = op.note_input(gid("Customer", customer), requestKey=str(uuid4()))

    first, again = [await visitor.ask(op.NOTE, input=sent) for _ in range(2)]

    assert first == again


async def test_a_rule_that_refuses_names_the_field_to_mend(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = await bureau.customer()
    await visitor.sign_in("manager1")

    noted = await visitor.ask(
        op.NOTE, input=op.note_input(gid("Customer", customer), happenedOn="2026-11-19")
    )

    (problem,) = noted["noteActivity"]["problems"]
    assert (problem["code"], problem["path"]) == ("ACTIVITY_IN_FUTURE", ["input", "happenedOn"])
    assert noted["noteActivity"]["activity"] is None


async def test_an_obligation_is_planned_for_another_day(visitor: Visitor, bureau: Bureau) -> None:
    obligation = await bureau.obligation(await bureau.customer())
    await visitor.sign_in("manager1")

    asked = {
        "obligationId": gid("Obligation", obligation),
        "planOn": "2026-11-20",
        "reason": "出差",
    }
    moved = await visitor.ask(op.POSTPONE, input=asked)

    assert moved["postponeObligation"]["obligation"] == {"planOn": "2026-11-20", "postponed": 1}


async def test_a_customer_who_is_given_away_is_out_of_the_former_managers_sight(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = await bureau.customer("C1")
    manager2 = gid("Staff", bureau.staff["manager2"])
    asked = {"customerId": gid("Customer", customer), "managerId": manager2, "reason": "路近"}
    await visitor.sign_in("head1")

    assigned = await visitor.ask(op.ASSIGN, input=asked)
    await visitor.sign_in("manager1")

    assert assigned["assignCustomer"]["customer"] == {"manager": {"name": "manager2"}}
    assert await visitor.ask(op.NUMBER, number="C1") == {"customer": None}


async def test_a_phone_number_put_right_is_shown_masked_and_revealed_whole(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = gid("Customer", await bureau.customer())
    await visitor.sign_in("manager1")

    amended = await visitor.ask(op.AMEND, input={"customerId": customer, "phone": "139 8765 4321"})
    revealed = await visitor.ask(op.REVEAL, input=op.reveal_input(customer))

    phone = amended["amendCustomer"]["customer"]["phone"]
    assert phone == {"text": "139****4321", "isMasked": True}
    assert revealed["revealCustomerField"]["text"] == "13987654321"
    assert revealed["revealCustomerField"]["shownForSeconds"] == 60


async def test_looking_up_by_phone_finds_the_customer_by_the_new_number_alone(
    visitor: Visitor, bureau: Bureau
) -> None:
    customer = gid("Customer", await bureau.customer())
    await visitor.sign_in("manager1")
    await visitor.ask(op.AMEND, input={"customerId": customer, "phone": "13987654321"})

    found = [
        (await visitor.ask(op.LOOK_UP, filter={"phone": phone}))["customers"]["total"]
        for phone in ("+86 139-8765-4321", "13812345678")
    ]

    assert found == [1, 0]
