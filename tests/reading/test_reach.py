"""Whose rows a reader sees, by every way there is to them."""

from random import Random

import pytest

from authz.action import Action
from domain.staff import Post, Role, Staff
from tests.reading.book import Book

EVERYONE = {
    "city": {"C1", "C2", "C3", "C4", "C5", "C6"},
    "county1": {"C1", "C2", "C4", "C5", "C6"},
    "county2": {"C3"},
    "head1": {"C1", "C2", "C5"},
    "head2": {"C4", "C6"},
    "manager1": {"C1", "C5"},
    "manager2": {"C2"},
    "manager3": {"C3"},
    "teller2": {"C6"},
    "lobby1": {"C1", "C2", "C5"},
    "deputy": {"C1", "C2", "C3", "C4", "C5", "C6"},
    "auditor": set(),
    "it": set(),
    "security": set(),
}
WITHOUT_OBLIGATIONS = {"lobby1"}


@pytest.mark.parametrize("name", EVERYONE)
async def test_a_list_holds_the_customers_within_reach_and_counts_them(
    book: Book, name: str
) -> None:
    told = await book.read(name, "{ customers(first: 200) { total nodes { number } } }")

    assert {one["number"] for one in told["customers"]["nodes"]} == EVERYONE[name]
    assert told["customers"]["total"] == len(EVERYONE[name])


@pytest.mark.parametrize("name", EVERYONE)
async def test_a_customer_out_of_reach_is_null_by_number_and_by_id(book: Book, name: str) -> None:
    for number in book.customers:
        told = await book.read(
            name,
            "query($n: String!, $id: ID!) { customer(number: $n) { number } node(id: $id) { id } }",
            n=number,
            id=book.gid("Customer", number),
        )

        assert (told["customer"] is not None) == (number in EVERYONE[name])
        assert (told["node"] is not None) == (number in EVERYONE[name])


@pytest.mark.parametrize("name", EVERYONE)
async def test_what_hangs_on_a_customer_is_found_by_id_where_the_customer_is(
    book: Book, name: str
) -> None:
    for noun, short in (("Activity", "activity"), ("Complaint", "complaint")):
        told = await book.read(
            name, "query($id: ID!) { node(id: $id) { id } }", id=book.gid(noun, short)
        )

        assert (told["node"] is not None) == ("C1" in EVERYONE[name])


@pytest.mark.parametrize("name", EVERYONE)
async def test_the_queue_holds_obligations_to_customers_within_reach(book: Book, name: str) -> None:
    told = await book.read(
        name,
        "{ obligations(first: 200) { total counts { count } nodes { customer { number } } } }",
    )

    queue = told["obligations"]
    numbers = {one["customer"]["number"] for one in queue["nodes"]}
    expected = set() if name in WITHOUT_OBLIGATIONS else EVERYONE[name] - {"C4"}
    assert numbers == expected
    assert queue["total"] == len(queue["nodes"]) == sum(one["count"] for one in queue["counts"])


@pytest.mark.parametrize("name", EVERYONE)
async def test_a_run_counts_and_lists_the_ratings_within_reach(book: Book, name: str) -> None:
    told = await book.read(
        name,
        '{ ratingRun(period: "2026Q3") { counts { count } flows { count }'
        " ratings(first: 200) { total nodes { customer { number } } } } }",
    )

    run = told["ratingRun"]
    if run is None:
        assert not EVERYONE[name] or name == "lobby1"
        return
    numbers = {one["customer"]["number"] for one in run["ratings"]["nodes"]}
    assert numbers == EVERYONE[name]
    for counted in (run["counts"], run["flows"]):
        assert sum(one["count"] for one in counted) == run["ratings"]["total"] == len(numbers)


async def test_an_obligation_to_a_customer_who_is_not_ones_own_is_not_in_the_queue(
    book: Book,
) -> None:
    customer = book.customers["C2"]
    borrowed = await book.bureau.obligation(
        customer, owner_id=book.bureau.staff["manager1"], kind="welcome"
    )
    try:
        told = await book.read(
            "manager1", "{ obligations(first: 200) { nodes { customer { number } } } }"
        )
        assert "C2" not in {one["customer"]["number"] for one in told["obligations"]["nodes"]}
    finally:
        await borrowed.delete()


@pytest.mark.parametrize(
    "id", ["", "x", "Q3VzdG9tZXI6", "Q3VzdG9tZXI6eA", "UmF0aW5nOng", "X19TY2hlbWE6eA"]
)
async def test_an_id_that_is_none_finds_nothing(book: Book, id: str) -> None:
    assert await book.read("city", "query($id: ID!) { node(id: $id) { id } }", id=id) == {
        "node": None
    }


async def test_units_and_staff_are_listed_within_reach_and_named_beyond_it(book: Book) -> None:
    told = await book.read(
        "manager1",
        "{ units { code } staff { name }"
        " customers { nodes { homeUnit { name parent { name parent { name } } } } } }",
    )

    assert [one["code"] for one in told["units"]] == ["320701001"]
    assert {one["name"] for one in told["staff"]} == {"head1", "manager1", "manager2", "lobby1"}
    unit = told["customers"]["nodes"][0]["homeUnit"]
    assert unit["parent"] == {"name": "机构320701", "parent": {"name": "机构3207"}}


async def test_an_open_obligation_is_settled_by_nothing(book: Book) -> None:
    told = await book.read(
        "manager1",
        '{ customer(number: "C1") { obligations { nodes { state settledBy { note { text }'
        " customer { number } } } } } }",
    )

    nodes = told["customer"]["obligations"]["nodes"]
    assert len(nodes) == 5
    assert [one["settledBy"] is None for one in nodes if one["state"] == "OPEN"] == [True] * 4
    assert [one["settledBy"]["customer"]["number"] for one in nodes if one["settledBy"]] == ["C1"]


async def test_the_filter_in_sql_is_what_the_policy_decides_row_by_row(book: Book) -> None:
    chance = Random(22)  # noqa: S311  chance for a test
    paths = [f"{path}/" for path in ("/3207", "/3207/320701", "/3207/320702/320702001")]
    ids = [*book.bureau.staff.values()]
    async with book.house.database.connection() as connection:
        rows = await connection.fetch(
            "select c.customer_no, coalesce(u.path, '/') as path, c.manager_id from customer c"
            " left join unit u on u.id = c.home_unit_id"
        )
    for _ in range(40):
        posts = [Post(chance.choice(list(Role)), chance.choice(paths)) for _ in range(2)]
        who = Staff(chance.choice(ids), "S1", "", tuple(posts))
        permissions = book.house.policy.permissions_of(who)

        told = await book.read(who, "{ customers { nodes { number name { isMasked } } } }")

        nodes = {one["number"]: one["name"]["isMasked"] for one in told["customers"]["nodes"]}
        for row in rows:
            place = (row["path"], row["manager_id"])
            is_in_reach = permissions.allows(Action.CUSTOMER_READ, *place)
            is_clear = permissions.allows(Action.CUSTOMER_FIELD_READ, *place, "name")
            assert (row["customer_no"] in nodes) == is_in_reach, (who, row)
            if is_in_reach:
                assert nodes[row["customer_no"]] == (not is_clear), (who, row)
