"""Records in payloads: read by the same plans, within the same reach, and remembered."""

from uuid import uuid4

import pytest

from schema.root import execution_of
from tests.bureau import Bureau
from tests.reading.book import Book

NOTE = """mutation NoteActivity($input: NoteActivityInput!) { noteActivity(input: $input) {
  activity { kind note { text isMasked } customer { name { text } phone { text } } staff { name } }
  settled { id state customer { number } } problems { code } } }"""


@pytest.fixture
async def desk(bureau: Bureau) -> Book:
    """A bureau that a test may change, with one customer and a call owed to them."""
    book = Book(bureau, execution_of(is_introspective=False))
    book.customers["C1"] = await bureau.customer("C1")
    await bureau.entered(book.customers["C1"])
    await bureau.obligation(book.customers["C1"])
    return book


def _input(book: Book) -> dict[str, object]:
    return {
        "customerId": book.gid("Customer", "C1"),
        "kind": "CALL",
        "outcome": "REACHED",
        "happenedOn": book.house.today().isoformat(),
        "note": "约好周五面谈",
        "requestKey": str(uuid4()),
    }


async def test_a_payload_shows_what_its_plan_reads(desk: Book) -> None:
    told = await desk.read("manager1", NOTE, input=_input(desk))

    payload = told["noteActivity"]
    assert payload["problems"] == []
    assert payload["activity"]["note"] == {"text": "约好周五面谈", "isMasked": False}
    assert payload["activity"]["customer"]["phone"] == {"text": "138****5678"}
    assert [(one["state"], one["customer"]["number"]) for one in payload["settled"]] == [
        ("SETTLED", "C1")
    ]


async def test_what_a_payload_shows_is_an_entry_beside_the_changes_own(desk: Book) -> None:
    await desk.read("manager1", NOTE, input=_input(desk))

    (read,) = await desk.bureau.entries("customer:read")
    assert read["fields"] == {
        "activity_note": {"clear": 1},
        "name": {"clear": 1},
        "phone": {"masked": 1},
    }
    assert read["rows"] == [str(desk.customers["C1"].id)]
    assert len(await desk.bureau.entries("activity:note")) == 1


async def test_a_refusal_shows_nothing(desk: Book) -> None:
    told = await desk.read("manager2", NOTE, input=_input(desk))

    assert told["noteActivity"] == {
        "activity": None,
        "settled": [],
        "problems": [{"code": "NOT_FOUND"}],
    }


async def test_me_names_my_record_and_my_units_though_i_may_read_none(desk: Book) -> None:
    text = "{ me { staff { name unit { name } } posts { role unit { code } } } serverNow }"

    told = await desk.read("auditor", text)

    assert told["me"]["staff"] == {"name": "auditor", "unit": {"name": "机构3207"}}
    assert told["me"]["posts"] == [{"role": "AUDITOR", "unit": {"code": "3207"}}]
