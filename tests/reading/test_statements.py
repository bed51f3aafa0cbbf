"""How many statements a read takes: one for each root field, whatever its size."""

import pytest

from reading.plan import Plans
from tests.reading.book import Book

DEEP = """{ customers(first: %d) { total totalAssets { fen } nodes { name { text }
  homeUnit { parent { name } } manager { name unit { name } }
  obligations { total counts { count } nodes { owner { name } settledBy { note { text } } } }
  activities { nodes { note { text } staff { name } settled { id } } }
  ratings { explanation { code } homeUnit { name } } holdings { stock { fen } }
  complaints { text { text } } expenses { amountFen } } } }"""


async def _selects(book: Book, who: str, text: str, **variables: object) -> list[str]:
    context = await book.context(who)
    document = book.execution.documents.document(text)
    async with book.house.database.statements() as heard:
        await book.execution.by_plan(context, document, None, variables)
    return _ours(heard.queries)


def _ours(queries: list[str]) -> list[str]:
    """Return what is neither the trail's nor asyncpg getting to know a type, once a connection."""
    return [sql for sql in queries if sql.startswith("select") and "trail_" not in sql]


@pytest.mark.parametrize("first", [1, 2, 6])
async def test_a_root_field_is_one_statement_whatever_is_below_it(book: Book, first: int) -> None:
    assert len(await _selects(book, "city", DEEP % first)) == 1


async def test_each_root_field_is_one_statement(book: Book) -> None:
    text = (
        '{ a: customer(number: "C1") { name { text } } units { name } week { day }'
        " obligations { nodes { customer { name { text } } } } ruleBook { code } serverNow }"
    )

    assert len(await _selects(book, "city", text)) == 4


async def test_graphql_core_over_the_plan_takes_as_many(book: Book) -> None:
    context = await book.context("city")
    document = book.execution.documents.document(DEEP % 6)

    async with book.house.database.statements() as heard:
        await book.execution.by_referee(context, document, None, {})

    assert len(_ours(heard.queries)) == 1


async def test_a_list_that_is_not_selected_is_not_counted_in_sql(book: Book) -> None:
    (sql,) = await _selects(book, "city", "{ customers { nodes { number } } }")

    assert "count(" not in sql
    assert "sum(" not in sql
    assert "customer_key" not in sql


@pytest.mark.parametrize("who", ["city", "lobby1"])
async def test_an_amount_that_is_masked_is_not_summed_up(book: Book, who: str) -> None:
    (sql,) = await _selects(book, who, "{ customers { totalAssets { isMasked } total } }")

    assert ("sum(" in sql) == (who == "city")


async def test_no_statement_holds_a_value_of_a_request_or_a_reader(book: Book) -> None:
    text = """query($u: ID) { customers(first: 7, filter: {unit: $u, number: "C777"}) {
        nodes { number } } }"""

    sql, arguments = await book.statement("head1", text, u=book.gid("Unit", "320701001"))

    assert not any(value in sql for value in ("C777", "320701", "8"))
    assert {"C777", 8} <= {value for value in arguments if isinstance(value, str | int)}


async def test_readers_whose_reach_has_one_shape_share_a_plan(book: Book) -> None:
    text = "{ customers { nodes { number } } }"
    for who in ("manager1", "manager2", "manager3", "teller2", "head1", "head2"):
        await book.read(who, text)
    before = book.execution.plans.compiled

    for who in ("manager1", "manager2", "manager3", "head1", "head2"):
        numbers = await book.read(who, text)
        assert numbers["customers"]["nodes"]

    assert book.execution.plans.compiled == before


async def test_pages_of_one_list_share_a_plan(book: Book) -> None:
    text = "query($n: Int, $f: CustomerFilter) { customers(first: $n, filter: $f) { total } }"
    await book.read("city", text, n=1, f={"number": "C1"})
    before = book.execution.plans.compiled

    for size in range(2, 9):
        told = await book.read("city", text, n=size, f={"number": f"C{size}"})
        assert told["customers"]["total"] == int(size <= 6)

    assert book.execution.plans.compiled == before


async def test_plans_are_bounded(book: Book) -> None:
    book.execution.plans = Plans(kept=3)
    for name in ("id", "code", "name", "path", "kind"):
        await book.read("city", f"{{ units {{ {name} }} }}")

    assert len(book.execution.plans) == 3
    book.execution.plans = Plans()
