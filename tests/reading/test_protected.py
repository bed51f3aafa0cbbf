"""What of a protected value a reader sees, and what is remembered of it."""

from dataclasses import replace
from pathlib import Path

import pytest

import authz
from authz.policy import Policy
from domain.staff import Post, Role, Staff
from tests.reading.book import Book
from tests.reading.filled import AVERAGE_FEN, SECRETS

FILE = """{ customer(number: "C1") {
  name { text isMasked canReveal lock { code policy } }
  phone { text isMasked canReveal lock { code policy } }
  idNumber { text isMasked canReveal lock { code policy } }
  birthDate { text } address { text } occupation { text }
  averageAssets { fen range isMasked }
  activities { nodes { note { text isMasked } } } complaints { text { text } }
  ratings(first: 1) { average { fen } explanation { minimumFen missingToRiseFen } } } }"""


async def test_a_manager_reads_the_name_and_may_reveal_the_phone(book: Book) -> None:
    customer = (await book.read("manager1", FILE))["customer"]

    assert customer["name"] == {
        "text": SECRETS["name"],
        "isMasked": False,
        "canReveal": False,
        "lock": None,
    }
    assert customer["phone"] == {
        "text": "139****5678",
        "isMasked": True,
        "canReveal": True,
        "lock": {
            "code": "REVEAL",
            "policy": "customer_manager, customer_field:reveal, own, phone, allow",
        },
    }
    assert customer["idNumber"]["lock"] == {"code": "NEEDS_GRANT", "policy": None}
    assert customer["activities"]["nodes"][0]["note"]["text"] is None
    assert SECRETS["activity_note"] in str(customer["activities"])


async def test_a_deputy_sees_every_value_masked(book: Book) -> None:
    customer = (await book.read("deputy", FILE))["customer"]

    assert not any(secret in str(customer) for secret in SECRETS.values())
    assert customer["averageAssets"] == {
        "fen": None,
        "range": "200000-500000",
        "isMasked": True,
    }
    assert customer["birthDate"]["text"] == "1966-**-**"
    assert customer["ratings"][0]["average"] == {"fen": None}


async def test_what_is_missing_to_the_next_tier_is_masked_with_the_amount(book: Book) -> None:
    seen = (await book.read("manager1", FILE))["customer"]["ratings"][0]["explanation"]
    hidden = (await book.read("deputy", FILE))["customer"]["ratings"][0]["explanation"]

    assert seen == {"minimumFen": 5_000_000, "missingToRiseFen": 50_000_000 - AVERAGE_FEN}
    assert hidden == {"minimumFen": 5_000_000, "missingToRiseFen": None}


TWO_HATS = Staff(
    None,
    "S9",
    "",
    (
        Post(Role.CUSTOMER_MANAGER, "/3207/320701/320701001/"),
        Post(Role.LOBBY_MANAGER, "/3207/320701/320701001/"),
    ),
)


async def test_with_two_posts_a_value_is_clear_in_the_rows_that_the_right_post_reaches(
    book: Book,
) -> None:
    both = replace(TWO_HATS, id=book.bureau.staff["manager1"])

    told = await book.read(
        both,
        "{ customers { nodes { number name { isMasked } averageAssets { fen isMasked }"
        " phone { canReveal lock { code policy } } } } }",
    )

    rows = {one["number"]: one for one in told["customers"]["nodes"]}
    assert {number: one["averageAssets"]["isMasked"] for number, one in rows.items()} == {
        "C1": False,
        "C2": True,
        "C5": False,
    }
    assert not any(one["name"]["isMasked"] for one in rows.values())
    assert rows["C1"]["phone"]["lock"]["code"] == "REVEAL"
    assert rows["C2"]["phone"]["lock"] == {"code": "NEEDS_GRANT", "policy": None}
    assert rows["C2"]["averageAssets"]["fen"] is None


@pytest.mark.parametrize("field", ["name", "*"])
async def test_a_deny_line_masks_the_rows_that_it_reaches(
    book: Book, tmp_path: Path, field: str
) -> None:
    lines = tmp_path / "policy.csv"
    lines.write_text(
        "p, city_officer, customer:read, any, *, allow\n"
        "p, city_officer, customer_field:read, any, *, allow\n"
        f"p, county_officer, customer_field:read, unit, {field}, deny\n"
    )
    policy = Policy(Path(authz.__file__).parent / "model.conf", lines)
    house = replace(book.house, policy=policy)
    who = Staff(
        None,
        "S9",
        "",
        (Post(Role.CITY_OFFICER, "/3207/"), Post(Role.COUNTY_OFFICER, "/3207/320702/")),
    )
    elsewhere = replace(book, bureau=replace(book.bureau, house=house))

    told = await elsewhere.read(who, "{ customers { nodes { number name { text isMasked } } } }")

    masked = {one["number"] for one in told["customers"]["nodes"] if one["name"]["isMasked"]}
    assert masked == {"C3"}


async def test_a_cell_that_was_altered_is_an_error_at_its_place_and_nowhere_else(
    book: Book,
) -> None:
    ids = [book.customers["C1"].id, book.customers["C5"].id]
    swap = (
        "update customer a set name_sealed = b.name_sealed from customer b"
        " where a.id = any($1) and b.id = any($1) and a.id <> b.id"
    )
    async with book.house.database.connection() as connection:
        await connection.execute(swap, ids)
    try:
        told = await book.ask(
            "head1", "{ customers(sort: NUMBER_ASC) { nodes { number name { text } } } }"
        )
    finally:
        async with book.house.database.connection() as connection:
            await connection.execute(swap, ids)

    nodes = told["data"]["customers"]["nodes"]
    assert [one["name"]["text"] is None for one in nodes] == [True, False, True]
    assert [one["path"][-3:] for one in told["errors"]] == [
        [0, "name", "text"],
        [2, "name", "text"],
    ]
    assert {one["extensions"]["code"] for one in told["errors"]} == {"INTERNAL"}


async def test_a_customer_whose_key_is_shredded_cannot_be_read(book: Book) -> None:
    customer = await book.bureau.customer("C9", manager="manager3", outlet="320702001")
    async with book.house.database.connection() as connection:
        await connection.execute("delete from customer_key where customer_id = $1", customer.id)
    try:
        told = await book.ask("county2", '{ customer(number: "C9") { number name { text } } }')
        assert told["data"]["customer"] == {"number": "C9", "name": {"text": None}}
        assert len(told["errors"]) == 1
    finally:
        await customer.delete()


async def test_a_value_that_the_bank_does_not_have_is_null_and_not_counted(book: Book) -> None:
    before = len(await book.bureau.entries())

    told = await book.read("manager1", '{ customer(number: "C5") { idNumber { text } } }')

    assert told["customer"]["idNumber"] == {"text": None}
    (entry,) = (await book.bureau.entries())[before:]
    assert "fields" not in entry or entry["fields"] == {}
