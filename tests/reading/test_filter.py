"""What lists may be filtered by, and by whom."""

from datetime import timedelta
from typing import Any

import pytest

from domain.obligation import QueueGroup, queue_group
from tests.bureau import TODAY
from tests.reading.book import Book
from tests.reading.filled import AVERAGE_FEN, SECRETS
from vault.registry import PHONE

LIST = """query($f: CustomerFilter) {
  customers(filter: $f, sort: NUMBER_ASC) { total nodes { number } } }"""


async def _found(book: Book, who: str, **given: Any) -> list[str]:
    page = (await book.read(who, LIST, f=given))["customers"]
    assert page["total"] == len(page["nodes"])
    return [one["number"] for one in page["nodes"]]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"tier": ["platinum", "none"]}, ["C2", "C4"]),
        ({"tier": []}, []),
        ({"unassigned": True}, ["C4"]),
        ({"unassigned": False}, ["C1", "C2", "C3", "C5", "C6"]),
        ({"assetsFromFen": 60_000_000}, ["C2", "C3", "C5", "C6"]),
        ({"assetsFromFen": 6, "assetsBelowFen": 60_000_000}, ["C1"]),
        ({"notContactedSinceOn": "2026-10-11"}, ["C2", "C3", "C4", "C5", "C6"]),
        ({"notContactedSinceOn": "2026-10-12"}, ["C1", "C2", "C3", "C4", "C5", "C6"]),
        ({"overdue": True}, ["C1"]),
        ({"overdue": False}, ["C2", "C3", "C4", "C5", "C6"]),
        ({"number": "C"}, ["C1", "C2", "C3", "C4", "C5", "C6"]),
        ({"number": "C3"}, ["C3"]),
        ({"number": "%"}, []),
        ({"tier": None, "number": None}, ["C1", "C2", "C3", "C4", "C5", "C6"]),
        ({"unassigned": False, "tier": ["gold"], "overdue": False}, ["C3", "C5", "C6"]),
    ],
)
async def test_all_that_is_given_must_hold(
    book: Book, given: dict[str, Any], found: list[str]
) -> None:
    assert await _found(book, "city", **given) == found


async def test_a_unit_means_itself_and_all_below_it(book: Book) -> None:
    for unit, found in (
        ("3207", ["C1", "C2", "C3", "C4", "C5", "C6"]),
        ("320701", ["C1", "C2", "C4", "C5", "C6"]),
        ("320701002", ["C4", "C6"]),
    ):
        assert await _found(book, "city", unit=book.gid("Unit", unit)) == found


async def test_an_id_of_another_kind_finds_nothing(book: Book) -> None:
    assert await _found(book, "city", unit=book.gid("Staff", "city")) == []
    assert await _found(book, "city", manager="nobody") == []
    assert await _found(book, "city", manager=book.gid("Staff", "manager1")) == ["C1", "C5"]


@pytest.mark.parametrize("who", ["lobby1", "deputy"])
@pytest.mark.parametrize(
    "asked",
    [
        "filter: {assetsFromFen: 1}",
        "filter: {assetsBelowFen: 1}",
        "sort: ASSETS_ASC",
        "sort: CHANGE_DESC",
        "sort: CHANGE_ASC",
    ],
)
async def test_who_may_not_read_amounts_cannot_filter_or_sort_by_them(
    book: Book, who: str, asked: str
) -> None:
    text = f"{{ customers({asked}) {{ total nodes {{ number }} }} }}"

    assert await book.codes(who, text) == ["NOT_ALLOWED_TO_FILTER"]


@pytest.mark.parametrize("asked", ["", "(sort: ASSETS_DESC)", "(sort: null)"])
async def test_the_default_sort_is_by_number_for_who_may_not_sort_by_assets(
    book: Book, asked: str
) -> None:
    told = await book.read("lobby1", f"{{ customers{asked} {{ nodes {{ number }} }} }}")

    assert [one["number"] for one in told["customers"]["nodes"]] == ["C1", "C2", "C5"]


async def test_a_sum_is_masked_for_who_may_not_read_every_amount(book: Book) -> None:
    text = "{ customers { totalAssets { fen range isMasked } } }"

    assert (await book.read("lobby1", text))["customers"]["totalAssets"] == {
        "fen": None,
        "range": None,
        "isMasked": True,
    }
    assert (await book.read("manager1", text))["customers"]["totalAssets"] == {
        "fen": AVERAGE_FEN + 60_000_000,
        "range": "500000-1000000",
        "isMasked": False,
    }


@pytest.mark.parametrize("phone", ["13912345678", "+86 139-1234-5678"])
async def test_a_phone_is_looked_up_whole_however_it_is_written(book: Book, phone: str) -> None:
    assert await _found(book, "city", phone=phone) == ["C1"]
    assert await _found(book, "manager1", phone=phone) == ["C1"]
    assert await _found(book, "manager2", phone=phone) == []
    assert await _found(book, "city", phone=phone[:-1]) == []


async def test_who_may_not_look_up_is_refused_whether_or_not_there_is_such_a_customer(
    book: Book,
) -> None:
    for who, field in (("deputy", "phone"), ("lobby1", "phone"), ("manager1", "idNumber")):
        for text in (SECRETS["id_number"], SECRETS["phone"], "1"):
            assert await book.codes(who, LIST, f={field: text}) == ["NOT_ALLOWED_TO_FILTER"]


async def test_an_identity_number_is_looked_up_by_who_may(book: Book) -> None:
    assert await _found(book, "county1", idNumber=SECRETS["id_number"]) == ["C1"]
    assert await _found(book, "county2", idNumber=SECRETS["id_number"]) == []


async def test_one_operation_looks_up_one_value(book: Book) -> None:
    text = """{ a: customers(filter: {phone: "13912345678"}) { total }
                b: customers(filter: {phone: "13812345678"}) { total } }"""

    assert await book.codes("city", text) == ["ONE_LOOK_UP"]


async def test_a_row_that_the_index_found_by_chance_is_left_out(book: Book) -> None:
    index = book.house.vault.blind_index
    customer = book.customers["C2"]
    set_index = "update customer set phone_index = $2 where id = $1"
    async with book.house.database.connection() as connection:
        await connection.execute(set_index, customer.id, index(PHONE, "13700000000"))
        told = await book.read(
            "city", '{ customers(filter: {phone: "13700000000"}) { nodes { number } } }'
        )
        await connection.execute(set_index, customer.id, index(PHONE, "13812345678"))

    assert told["customers"]["nodes"] == []


QUEUE = "query($f: ObligationFilter) { obligations(filter: $f, first: 200) { total nodes { id } } }"


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (None, 10),
        ({}, 10),
        ({"state": ["SETTLED"]}, 1),
        ({"state": ["SETTLED", "OPEN"]}, 11),
        ({"state": []}, 0),
        ({"kind": ["VISIT"]}, 5),
        ({"group": ["TODAY"]}, 3),
        ({"group": ["OVERDUE", "LATER"]}, 3),
        ({"unassigned": True}, 0),
        ({"tier": ["platinum"]}, 2),
    ],
)
async def test_the_queue_is_filtered_and_open_unless_said_otherwise(
    book: Book, given: dict[str, Any] | None, count: int
) -> None:
    queue = (await book.read("city", QUEUE, f=given))["obligations"]

    assert (queue["total"], len(queue["nodes"])) == (count, count)


async def test_the_group_in_sql_is_the_group_of_the_rule(book: Book) -> None:
    days = [TODAY + timedelta(days=n) for n in range(-9, 12)]
    sql, _ = await book.statement("city", "{ obligations { nodes { group } } }")
    case = sql[sql.index("case") : sql.index(" end") + 4].replace("t1.", "")
    today = next(word for word in case.split() if word.startswith("$"))
    assert today.endswith("::date")

    async with book.house.database.connection() as connection:
        rows = await connection.fetch(
            f"select plan_on, due_on, {case.replace(today, '$1::date')} as shown"
            " from unnest($2::date[]) plan_on, unnest($2::date[]) due_on where plan_on <= due_on",
            TODAY,
            days,
        )

    assert len(rows) == 231
    for row in rows:
        assert QueueGroup(row["shown"]) is queue_group(row["plan_on"], row["due_on"], TODAY)
