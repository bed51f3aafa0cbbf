"""Out of reach and not there are one answer, byte for byte, by every route to a customer."""

from typing import Any

import pytest

from domain.identity import new_id
from store.activity import ActivityRecord
from store.customer import CustomerRecord
from store.obligation import ObligationRecord
from tests.api import operations as op
from tests.api.visitor import Visitor, gid
from tests.bureau import Bureau

ELSEWHERE = ["county2", "manager3", "head2", "manager2", "teller2"]
OUTSIDERS = ["auditor", "it", "security"]


class Target:
    """What to ask for, and the same of a customer who is not there."""

    def __init__(self, customer: Any, obligation: Any, activity: Any, manager: Any, number: str):
        self.customer, self.obligation = gid("Customer", customer), gid("Obligation", obligation)
        self.activity, self.manager = gid("Activity", activity), gid("Staff", manager)
        self.number = number

    def nodes(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the questions that name one record."""
        ids = (self.customer, self.obligation, self.activity)
        return [*((op.NODE, {"id": id}) for id in ids), (op.NUMBER, {"number": self.number})]

    def mutations(self) -> list[tuple[str, dict[str, Any]]]:
        """Return everything that can be done with the customer."""
        customer = {"customerId": self.customer}
        return [
            (op.NOTE, {"input": op.note_input(self.customer)}),
            (
                op.POSTPONE,
                {
                    "input": {
                        "obligationId": self.obligation,
                        "planOn": "2026-11-20",
                        "reason": "出差",
                    }
                },
            ),
            (op.ASSIGN, {"input": customer | {"managerId": self.manager, "reason": "路近"}}),
            (op.AMEND, {"input": customer | {"occupation": "教师"}}),
            (op.REVEAL, {"input": op.reveal_input(self.customer)}),
            (op.REVEAL, {"input": op.reveal_input(self.customer, "ID_NUMBER")}),
        ]


@pytest.fixture
async def theirs(bureau: Bureau) -> Target:
    """A customer of manager1 at 320701001, with a call noted and a visit owed."""
    customer = await bureau.customer("C1", id_number="110101197006050014")
    noted = await bureau.note("manager1", customer)
    obligation = await bureau.obligation(customer, kind="visit")
    return Target(customer, obligation, noted.activity_id, bureau.staff["manager2"], "C1")


@pytest.fixture
def nobodys(bureau: Bureau) -> Target:
    """The same of nobody."""
    return Target(new_id(), new_id(), new_id(), bureau.staff["manager2"], "C2")


@pytest.mark.parametrize("name", ELSEWHERE + OUTSIDERS)
async def test_every_question_gets_the_answer_for_a_record_that_is_not_there(
    visitor: Visitor, theirs: Target, nobodys: Target, name: str
) -> None:
    await visitor.sign_in(name)

    for (query, asked), (_, missing) in zip(theirs.nodes(), nobodys.nodes(), strict=True):
        answer = await visitor.send(query, asked)
        assert answer.content == (await visitor.send(query, missing)).content
        assert list(answer.json()["data"].values()) == [None]


@pytest.mark.parametrize("name", ELSEWHERE + OUTSIDERS)
async def test_nothing_can_be_done_and_nothing_is_told(
    visitor: Visitor, theirs: Target, nobodys: Target, name: str
) -> None:
    before = await CustomerRecord.get(customer_no="C1").values()
    await visitor.sign_in(name)

    for (query, asked), (_, missing) in zip(theirs.mutations(), nobodys.mutations(), strict=True):
        answer = await visitor.send(query, asked)
        assert answer.content == (await visitor.send(query, missing)).content
        (payload,) = answer.json()["data"].values()
        assert [one["code"] for one in payload["problems"]] == ["NOT_FOUND"]

    assert await CustomerRecord.get(customer_no="C1").values() == before
    assert await ActivityRecord.all().count() == 1
    assert await ObligationRecord.filter(plan_on="2026-11-18", state="open").count() == 1


@pytest.mark.parametrize("name", ELSEWHERE + OUTSIDERS)
async def test_no_list_and_no_count_holds_what_is_out_of_reach(
    visitor: Visitor, theirs: Target, name: str
) -> None:
    await visitor.sign_in(name)

    customers = (await visitor.ask(op.LOOK_UP, filter={}))["customers"]
    by_number = (await visitor.ask(op.LOOK_UP, filter={"number": "C"}))["customers"]
    queue = (await visitor.ask(op.QUEUE, filter={}))["obligations"]

    assert customers == by_number == {"total": 0, "nodes": []}
    assert (queue["total"], queue["nodes"]) == (0, [])
    assert {one["count"] for one in queue["counts"]} <= {0}


@pytest.mark.parametrize("name", ELSEWHERE + OUTSIDERS)
async def test_no_rating_and_no_sum_of_ratings_tells_of_them(
    visitor: Visitor, bureau: Bureau, name: str
) -> None:
    await bureau.entered(await bureau.customer("C1"))
    await visitor.sign_in(name)

    run = (await visitor.ask(op.RATINGS, period="2026Q3"))["ratingRun"] or {}

    assert run.get("ratings", {"total": 0, "nodes": []}) == {"total": 0, "nodes": []}
    assert not [one for one in (*run.get("counts", ()), *run.get("flows", ())) if one["count"]]


@pytest.mark.parametrize("name", ELSEWHERE)
async def test_a_phone_number_finds_nobody_elsewhere(
    visitor: Visitor, theirs: Target, name: str
) -> None:
    await visitor.sign_in(name)

    known = await visitor.send(op.LOOK_UP, {"filter": {"phone": "13812345678"}})
    unknown = await visitor.send(op.LOOK_UP, {"filter": {"phone": "13800000000"}})

    assert known.content == unknown.content
    assert known.json()["data"]["customers"]["total"] == 0


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_outsiders_do_not_look_up_at_all(visitor: Visitor, name: str) -> None:
    await visitor.sign_in(name)

    code = await visitor.code(op.LOOK_UP, filter={"phone": "13812345678"})

    assert code == "NOT_ALLOWED_TO_FILTER"


async def test_who_has_not_signed_in_gets_one_code_for_everything(
    visitor: Visitor, theirs: Target, nobodys: Target
) -> None:
    for target in (theirs, nobodys):
        for query, asked in [*target.nodes(), *target.mutations()]:
            assert await visitor.code(query, **asked) == "UNAUTHENTICATED"


@pytest.mark.parametrize("text", ["", "C1", "Q3VzdG9tZXI6", "====", "客户", "Q3VzdG9tZXI6eA"])
async def test_an_id_that_is_none_is_a_record_that_is_not_there(
    visitor: Visitor, theirs: Target, text: str
) -> None:
    await visitor.sign_in("manager1")

    assert await visitor.ask(op.NODE, id=text) == {"node": None}
    revealed = await visitor.ask(op.REVEAL, input=op.reveal_input(text))
    assert revealed["revealCustomerField"]["problems"][0]["code"] == "NOT_FOUND"


async def test_an_id_of_another_type_does_not_pass_for_a_customers(
    visitor: Visitor, theirs: Target
) -> None:
    await visitor.sign_in("manager1")

    revealed = await visitor.ask(op.REVEAL, input=op.reveal_input(theirs.obligation))

    assert revealed["revealCustomerField"]["problems"][0]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("name", ["county1", "city", "head1", "manager1"])
async def test_those_who_have_business_find_the_customer(
    visitor: Visitor, theirs: Target, name: str
) -> None:
    await visitor.sign_in(name)

    for query, asked in theirs.nodes():
        assert list((await visitor.ask(query, **asked)).values()) != [None]
