"""Pages of lists: every row once, in order, both ways, by cursors that nobody can make up."""

from base64 import urlsafe_b64decode

import pytest

from tests.reading.book import Book

SORTS = {
    "ASSETS_DESC": ["C6", "C5", "C3", "C2", "C1", "C4"],
    "ASSETS_ASC": ["C4", "C1", "C2", "C3", "C5", "C6"],
    "CHANGE_DESC": ["C1", "C6", "C4", "C3", "C2", "C5"],
    "CHANGE_ASC": ["C5", "C2", "C3", "C4", "C6", "C1"],
    "LAST_CONTACT_ASC": ["C2", "C3", "C4", "C5", "C6", "C1"],
    "DUE_ASC": ["C1", "C3", "C2", "C5", "C6", "C4"],
    "NUMBER_ASC": ["C1", "C2", "C3", "C4", "C5", "C6"],
}
PAGE = """query($first: Int, $after: String, $last: Int, $before: String, $sort: CustomerSort) {
  customers(first: $first, after: $after, last: $last, before: $before, sort: $sort) {
    nodes { number }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } total } }"""


def _numbers(page: dict[str, object]) -> list[str]:
    nodes = page["nodes"]
    assert isinstance(nodes, list)
    return [one["number"] for one in nodes]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 2, 4, 6])
async def test_pages_forward_give_every_row_once_in_order(book: Book, sort: str, size: int) -> None:
    seen: list[str] = []
    after = None
    for _ in range(7):
        page = (await book.read("city", PAGE, first=size, after=after, sort=sort))["customers"]
        seen += _numbers(page)
        assert page["total"] == 6
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert seen == SORTS[sort]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 4])
async def test_pages_backward_give_the_same_rows(book: Book, sort: str, size: int) -> None:
    seen: list[str] = []
    before = None
    for _ in range(7):
        page = (await book.read("city", PAGE, last=size, before=before, sort=sort))["customers"]
        seen = _numbers(page) + seen
        assert page["pageInfo"]["hasNextPage"] == (before is not None)
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break

    assert seen == SORTS[sort]


async def test_an_empty_page_still_has_its_total(book: Book) -> None:
    last = (await book.read("city", PAGE, first=6))["customers"]["pageInfo"]["endCursor"]

    page = (await book.read("city", PAGE, after=last))["customers"]

    assert page == {
        "nodes": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": True,
            "startCursor": None,
            "endCursor": None,
        },
        "total": 6,
    }


NESTED = """query($number: String!, $after: String) { customer(number: $number) {
  activities(first: 2, after: $after) { edges { cursor node { id happenedOn } }
    pageInfo { hasNextPage endCursor } total } } }"""


async def test_a_nested_list_is_paged_too(book: Book) -> None:
    seen = []
    after = None
    for _ in range(4):
        told = await book.read("manager1", NESTED, number="C1", after=after)
        page = told["customer"]["activities"]
        seen += [one["node"]["id"] for one in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        assert page["edges"][-1]["cursor"] == after
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(seen) == len(set(seen)) == page["total"] == 5


async def test_a_cursor_is_refused_in_another_list_sort_filter_or_customers_list(
    book: Book,
) -> None:
    told = await book.read("city", PAGE, first=1, sort="ASSETS_DESC")
    cursor = told["customers"]["pageInfo"]["endCursor"]
    of_activity = (await book.read("city", NESTED, number="C1"))["customer"]["activities"]
    nested = of_activity["pageInfo"]["endCursor"]

    for text, variables in (
        (PAGE, {"after": cursor, "sort": "ASSETS_ASC"}),
        (PAGE, {"after": nested}),
        ("query($c: String) { obligations(after: $c) { total nodes { id } } }", {"c": cursor}),
        (
            "query($c: String) { customers(after: $c, filter: {tier: []}) { nodes { id } } }",
            {"c": cursor},
        ),
        (NESTED, {"number": "C2", "after": nested}),
        (NESTED, {"number": "C1", "after": cursor}),
    ):
        assert await book.codes("city", text, **variables) == ["BAD_CURSOR"]


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "=" * 9, "A" * 4000])
async def test_a_made_up_cursor_is_refused(book: Book, cursor: str) -> None:
    assert await book.codes("city", PAGE, after=cursor) == ["BAD_CURSOR"]


async def test_a_cursor_with_one_character_changed_is_refused(book: Book) -> None:
    cursor = (await book.read("city", PAGE, first=1))["customers"]["pageInfo"]["endCursor"]

    for place in range(len(cursor)):
        forged = cursor[:place] + ("B" if cursor[place] == "A" else "A") + cursor[place + 1 :]
        assert await book.codes("city", PAGE, after=forged) == ["BAD_CURSOR"]


async def test_a_cursor_does_not_tell_the_amount_that_the_list_is_sorted_by(book: Book) -> None:
    cursor = (await book.read("city", PAGE, first=1))["customers"]["pageInfo"]["endCursor"]

    assert b"110000000" not in urlsafe_b64decode(cursor + "==")


@pytest.mark.parametrize("size", [0, -1, 201, 2**31 - 1])
@pytest.mark.parametrize("end", ["first", "last"])
async def test_a_page_has_1_to_200_rows(book: Book, end: str, size: int) -> None:
    assert await book.codes("city", PAGE, **{end: size}) == ["BAD_PAGE_SIZE"]


async def test_a_null_size_is_the_default(book: Book) -> None:
    assert len(_numbers((await book.read("city", PAGE, first=None))["customers"])) == 6


async def test_the_queue_goes_by_planned_day(book: Book) -> None:
    told = await book.read(
        "city", "{ obligations { nodes { planOn group } counts { group count } } }"
    )

    nodes = told["obligations"]["nodes"]
    assert [one["planOn"] for one in nodes] == sorted(one["planOn"] for one in nodes)
    counts = {one["group"]: one["count"] for one in told["obligations"]["counts"]}
    assert counts == {"OVERDUE": 1, "TODAY": 3, "WEEK": 4, "LATER": 2}
    for group, count in counts.items():
        assert [one["group"] for one in nodes].count(group) == count
