"""Hot lists go by an index: what PostgreSQL does with them at 20,000 customers."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.reading.book import Book

CUSTOMERS = 20_000
FILL = """
with one as (select * from customer where customer_no = 'C1'),
outlets as (select array_agg(id order by code) as ids from unit where kind = 'outlet'),
staff_ids as (select array_agg(id order by staff_no) as ids from staff)
insert into customer (id, customer_no, kind, name_sealed, home_unit_id, manager_id, tier, tier_rank,
    average_assets_fen, assets_change_fen, last_contact_on, next_due_on, created_at)
select gen_random_uuid(), 'N' || lpad(n::text, 9, '0'), 'person', one.name_sealed,
    outlets.ids[1 + n %% 3], staff_ids.ids[1 + n %% 14], 'gold', 2, n * 7919 %% 90000000,
    n * 104729 %% 9000000 - 4500000, date '2026-01-01' + n %% 300,
    case when n %% 3 = 0 then date '2026-11-01' + n %% 60 end, now()
from generate_series(1, %d) n, one, outlets, staff_ids
"""
OBLIGATIONS = """
insert into obligation (id, key, rule_book, rule_book_version, article, kind, customer_id, owner_id,
    unit_id, tier, opens_on, plan_on, due_on, state)
select gen_random_uuid(), 'x/' || c.id || '/' || n, 'postal-high-end', 1, '', 'call', c.id,
    c.manager_id, c.home_unit_id, 'gold', date '2026-01-01', date '2026-01-01' + n * 7,
    date '2026-12-31', case when n > 2 then 'open' else 'void' end
from customer c, generate_series(1, 4) n
"""
ACTIVITIES = """
insert into activity (id, customer_id, staff_id, unit_id, kind, outcome, happened_on, request_key,
    noted_at)
select gen_random_uuid(), c.id, c.manager_id, c.home_unit_id, 'card', 'reached',
    date '2026-01-01' + n, gen_random_uuid(), now()
from customer c, generate_series(1, 4) n where c.manager_id is not null
"""
KEYS = """
insert into customer_key (customer_id, ring_key_id, suite, wrapped, created_at)
select c.id, k.ring_key_id, k.suite, k.wrapped, now()
from customer c, (select * from customer_key limit 1) k where c.customer_no like 'N%'
"""
RATINGS = """
insert into rating
select r.run_id, c.id, r.balance_days_fen, r.tier, r.tier_rank, r.previous_tier, r.previous_rank,
    r.outcome, r.out_of_range, r.quarters_out_of_range, c.home_unit_id, null
from customer c, (select distinct on (run_id) * from rating) r where c.customer_no like 'N%'
"""
BIG = {"customer", "obligation", "activity", "customer_key", "rating"}


@pytest.fixture(scope="module")
async def full(book: Book) -> AsyncIterator[Book]:
    """The book with so many customers that reading them all is no choice."""
    async with book.house.database.connection() as connection:
        # Without triggers and checks of references: they would take minutes, and are not looked at.
        await connection.execute("set session_replication_role = replica")
        await connection.execute(FILL % CUSTOMERS)
        await connection.execute(OBLIGATIONS)
        for rows in (ACTIVITIES, KEYS, RATINGS):
            await connection.execute(rows)
        await connection.execute("set session_replication_role = origin")
        await connection.execute("analyze")
    yield book


async def _steps(book: Book, who: str, text: str, **variables: Any) -> list[dict[str, Any]]:
    sql, arguments = await book.statement(who, text, **variables)
    async with book.house.database.connection() as connection:
        told = await connection.fetchval(f"explain (format json) {sql}", *arguments)
    plan = json.loads(told) if isinstance(told, str) else told
    steps: list[dict[str, Any]] = []
    waiting = [plan[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        steps.append(step)
        waiting += step.get("Plans", [])
    return steps


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        ("ASSETS_DESC", "customer_assets"),
        ("ASSETS_ASC", "customer_assets"),
        ("CHANGE_DESC", "customer_change"),
        ("CHANGE_ASC", "customer_change"),
        ("LAST_CONTACT_ASC", "customer_last_contact"),
        ("DUE_ASC", "customer_next_due"),
        ("NUMBER_ASC", "customer_customer_no_key"),
    ],
)
@pytest.mark.parametrize("who", ["city", "county1"])
async def test_each_sort_of_customers_goes_by_its_index(
    full: Book, who: str, sort: str, index: str
) -> None:
    text = """query($sort: CustomerSort, $after: String) {
        customers(first: 50, sort: $sort, after: $after) {
        nodes { number name { text } homeUnit { name } } pageInfo { endCursor } } }"""
    first = await full.read(who, text.replace("name { text }", ""), sort=sort)
    cursor = first["customers"]["pageInfo"]["endCursor"]

    for after in (None, cursor):
        steps = await _steps(full, who, text, sort=sort, after=after)

        assert index in {step.get("Index Name") for step in steps}
        assert not _read_whole(steps)


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("manager1", "{ customers(first: 50) { nodes { number name { text } } } }"),
        ("city", '{ customer(number: "N000000007") { number name { text } } }'),
        ("city", '{ customers(filter: {number: "N00000001"}) { nodes { number } } }'),
        ("city", '{ customers(filter: {phone: "13912345678"}) { nodes { number } } }'),
        ("city", "{ obligations(first: 50) { nodes { planOn customer { number } } } }"),
        ("manager1", "{ obligations(first: 50) { nodes { planOn customer { number } } } }"),
        ("city", "{ week { day open settled } }"),
        ("manager1", "{ week { day open settled } }"),
        (
            "city",
            """{ customer(number: "N000000007") {
                obligations { total nodes { dueOn settledBy { id } } }
                activities { total nodes { note { text } settled { id } } }
                complaints { id } expenses { id } ratings { period } } }""",
        ),
        (
            "city",
            """{ customers(first: 20) { nodes { number
                activities(first: 5) { nodes { kind } } obligations(first: 5) { nodes { kind } }
                } } }""",
        ),
    ],
)
async def test_nothing_large_is_read_whole(full: Book, who: str, text: str) -> None:
    assert not _read_whole(await _steps(full, who, text))


def _read_whole(steps: list[dict[str, Any]]) -> list[str]:
    return [
        step["Relation Name"]
        for step in steps
        if step["Node Type"] == "Seq Scan" and step["Relation Name"] in BIG
    ]
