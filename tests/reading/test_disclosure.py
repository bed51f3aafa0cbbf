"""What the trail remembers of a read, and what happens while it cannot."""

from dataclasses import replace
from typing import Any, cast

import pytest

from audit.connection import TrailUnavailable
from audit.trail import Trail
from tests.reading.book import Book


async def _reads(book: Book) -> list[dict[str, Any]]:
    return [one for one in await book.bureau.entries() if one["action"].endswith(":read")]


async def _entry(book: Book, who: str, text: str, **variables: Any) -> dict[str, Any]:
    before = len(await _reads(book))
    await book.ask(who, text, **variables)
    entries = (await _reads(book))[before:]
    assert len(entries) == 1, entries
    return entries[0]


async def test_one_entry_says_whose_values_were_shown_clear_and_masked(book: Book) -> None:
    entry = await _entry(
        book,
        "manager1",
        "query CustomerList { customers { nodes { name { text } phone { text } idNumber { text }"
        " averageAssets { fen range } } totalAssets { fen } } }",
    )

    assert entry["action"] == "customer:read"
    assert entry["fields"] == {
        "amounts": {"clear": 3},
        "id_number": {"masked": 1},
        "name": {"clear": 2},
        "phone": {"masked": 2},
    }
    assert set(entry["rows"]) == {str(book.customers[n].id) for n in ("C1", "C5")}
    assert entry["line"] == "customer_manager, customer:read, own, *, allow"


async def test_several_root_fields_are_one_entry(book: Book) -> None:
    entry = await _entry(
        book,
        "city",
        '{ a: customer(number: "C1") { name { text } } b: customer(number: "C2") { name { text } }'
        " obligations(first: 1) { nodes { id } } units { name } }",
    )

    assert list(entry["fields"]) == ["name"]
    assert {str(book.customers[n].id) for n in ("C1", "C2")} <= set(entry["rows"])


async def test_a_look_for_a_customer_out_of_reach_is_remembered_without_rows(book: Book) -> None:
    entry = await _entry(book, "manager2", '{ customer(number: "C1") { name { text } } }')

    assert not entry.get("rows")
    assert not entry.get("fields")


async def test_what_hangs_on_customers_is_remembered_by_customer(book: Book) -> None:
    entry = await _entry(book, "manager1", "{ obligations { nodes { id customer { number } } } }")

    assert entry["action"] == "obligation:read"
    assert set(entry["rows"]) == {str(book.customers[n].id) for n in ("C1", "C5")}


async def test_a_value_that_is_not_selected_is_not_disclosed(book: Book) -> None:
    entry = await _entry(
        book, "manager1", "{ customers { nodes { name { isMasked canReveal } } } }"
    )

    assert not entry.get("fields")


@pytest.mark.parametrize("text", ["{ units { name } ruleBook { code } }", "{ serverNow }"])
async def test_what_tells_of_no_customer_is_no_entry(book: Book, text: str) -> None:
    before = len(await _reads(book))

    await book.read("manager1", text)

    assert len(await _reads(book)) == before


class DeafTrail:
    """A trail whose store is down; its spool is not."""

    def __init__(self) -> None:
        self.spooled: list[Any] = []

    async def append(self, entry: Any) -> None:
        """Refuse."""
        raise TrailUnavailable("down")

    async def append_or_spool(self, entry: Any, *, is_essential: bool = False) -> None:
        """Keep it here."""
        self.spooled.append(entry)


async def test_while_the_trail_is_down_nothing_is_shown_in_clear(book: Book) -> None:
    deaf = replace(book.house, trail=cast("Trail", DeafTrail()))
    elsewhere = replace(book, bureau=replace(book.bureau, house=deaf))

    told = await elsewhere.ask("manager1", "{ customers { nodes { name { text } } } }")

    assert [one["extensions"]["code"] for one in told["errors"]] == ["TRAIL_UNAVAILABLE"]
    assert "data" not in told


async def test_while_the_trail_is_down_masked_lists_go_on(book: Book) -> None:
    trail = DeafTrail()
    deaf = replace(book.house, trail=cast("Trail", trail))
    elsewhere = replace(book, bureau=replace(book.bureau, house=deaf))

    told = await elsewhere.read("deputy", "{ customers { nodes { name { text isMasked } } } }")

    assert all(one["name"]["isMasked"] for one in told["customers"]["nodes"])
    assert len(trail.spooled) == 1
