"""A book of customers of any size, that grows in place: by COPY where sealed, else by SQL.

The first `SEALED` customers are the richest, and all of theirs is sealed as in the product. Those
after them bear the first one's cells, which do not open: no question shows them, and a million
customers are there in a minute.
"""

from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from bench.ground import NOW
from domain.identity import new_id
from gate.house import House
from store.key import copy_customer_keys, new_customer_key_ids
from vault.registry import ACTIVITY_NOTE, BIRTH_DATE, NAME, PHONE

SEALED: Final = 1_000
EACH: Final = 250  # customers a manager
ACTIVITIES: Final = 10  # of each sealed customer; the others have one
_RICHEST_FEN: Final = 90_000_000_000
_UNITS = """
    insert into unit (id, code, name, kind, parent_id, path) values
        (md5('city')::uuid, '3207', '海州市局', 'city', null, '/3207/');
    insert into unit (id, code, name, kind, parent_id, path)
        select md5('county' || n)::uuid, '32070' || n, '县局' || n, 'county', md5('city')::uuid,
            '/3207/32070' || n || '/'
        from generate_series(1, 6) n"""
_OUTLETS = """
    insert into unit (id, code, name, kind, parent_id, path)
        select md5('outlet' || n)::uuid, code, '网点' || n, 'outlet', md5('county' || c)::uuid,
            '/3207/32070' || c || '/' || code || '/'
        from (select n, 1 + n % 6 as c, '32070' || 1 + n % 6 || lpad(n::text, 4, '0') as code
              from generate_series(0, $1::integer) n) t
        on conflict do nothing"""
_STAFF = """
    insert into staff (id, staff_no, name, unit_id)
        select md5('staff' || n)::uuid, 'S' || lpad(n::text, 6, '0'), '经理' || n,
            md5('outlet' || n / 4)::uuid
        from generate_series(0, $1::integer) n on conflict do nothing"""
_COPIES = """
    insert into customer (id, customer_no, kind, name_sealed, phone_sealed, birth_date_sealed,
            home_unit_id, manager_id, tier, tier_rank, tier_since_on, average_assets_fen,
            assets_change_fen, last_contact_on, next_due_on, created_at)
        select md5('customer' || n)::uuid, 'C' || lpad(n::text, 9, '0'), 'person',
            c.name_sealed, c.phone_sealed, c.birth_date_sealed,
            md5('outlet' || n / 1000)::uuid, md5('staff' || n / 250)::uuid, 'gold', 2,
            date '2026-10-01', c.average_assets_fen - n, n, date '2026-09-01' + (n % 60)::integer,
            date '2026-11-30', c.created_at
        from customer c, generate_series($1::bigint, $2::bigint) n where c.customer_no = $3"""
_KEYS = """
    insert into customer_key (customer_id, ring_key_id, suite, wrapped, created_at)
        select md5('customer' || n)::uuid, k.ring_key_id, k.suite, k.wrapped, k.created_at
        from customer c join customer_key k on k.customer_id = c.id,
            generate_series($1::bigint, $2::bigint) n where c.customer_no = $3"""
_ACTIVITIES = """
    insert into activity (id, customer_id, staff_id, unit_id, kind, outcome, happened_on,
            request_key, noted_at)
        select gen_random_uuid(), id, manager_id, home_unit_id, 'call', 'reached',
            date '2026-09-01', gen_random_uuid(), created_at
        from customer where customer_no between $1 and $2"""
_OBLIGATIONS = """
    insert into obligation (id, key, rule_book, rule_book_version, article, kind, customer_id,
            owner_id, unit_id, tier, opens_on, plan_on, due_on, state)
        select gen_random_uuid(), 'bench/' || n || '/' || id, 'postal-high-end', 1, '第十六条(一)',
            'call', id, manager_id, home_unit_id, tier, date '2026-07-01' + 30 * n,
            date '2026-07-03' + 30 * n + (right(customer_no, 5)::integer % 25),
            date '2026-07-31' + 30 * n, case when n < 4 then 'missed' else 'open' end
        from customer, generate_series($3::integer, 4) n where customer_no between $1 and $2"""
_EXPENSES = """
    insert into care_expense (id, customer_id, unit_id, staff_id, occasion, amount_fen, spent_on,
            voucher_no)
        select gen_random_uuid(), id, home_unit_id, manager_id, 'birthday', 8800,
            date '2026-01-01' + 60 * n, 'V' || n
        from customer, generate_series($3::integer, 4) n where customer_no between $1 and $2"""


def customer_no(number: int) -> str:
    """Return the number of the *number*-th customer, from 0."""
    return f"C{number:09d}"


class Book:
    """The customers in a house; `grow` adds to them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.customers = 0

    async def grow(self, customers: int) -> None:
        """Add customers until there are so many, at least `SEALED`."""
        async with self._house.database.own_connection() as connection:
            first, last = self.customers, customers - 1
            async with connection.transaction():
                await connection.execute("set local session_replication_role = replica")
                await connection.execute("set local synchronous_commit = off")
                if not first:
                    await connection.execute(_UNITS)
                await connection.execute(_OUTLETS, last // EACH // 4)
                await connection.execute(_STAFF, last // EACH)
                if not first:
                    await self._add_sealed(connection)
                    for statement in (_OBLIGATIONS, _EXPENSES):
                        numbers = customer_no(0), customer_no(SEALED - 1)
                        await connection.execute(statement, *numbers, 1)
                await self._add_copies(connection, max(first, SEALED), last)
            await connection.execute("vacuum (analyze)")
        self.customers = customers

    async def _add_copies(self, connection: asyncpg.Connection, first: int, last: int) -> None:
        await connection.execute(_COPIES, first, last, customer_no(0))
        await connection.execute(_KEYS, first, last, customer_no(0))
        numbers = customer_no(first), customer_no(last)
        await connection.execute(_ACTIVITIES, *numbers)
        await connection.execute(_OBLIGATIONS, *numbers, 4)
        await connection.execute(_EXPENSES, *numbers, 4)

    async def _add_sealed(self, connection: asyncpg.Connection) -> None:
        vault = self._house.vault
        ids = [new_id() for _ in range(SEALED)]
        numbers = await new_customer_key_ids(connection, SEALED)
        keys = [vault.new_customer_key(n, id) for n, id in zip(numbers, ids, strict=True)]
        await copy_customer_keys(connection, [key.row for key in keys], NOW)
        outlet = await connection.fetchval("select md5('outlet0')::uuid")
        staff = await connection.fetch("select staff_no, id from staff")
        managers: dict[str, UUID] = {row["staff_no"]: row["id"] for row in staff}
        people, calls = [], []
        for n, (id, key) in enumerate(zip(ids, keys, strict=True)):
            manager = managers[f"S{n // EACH:06d}"]
            seals = (
                vault.seal(NAME, id, key, "李梅丽"),
                vault.seal(PHONE, id, key, "17975235189"),
                vault.seal(BIRTH_DATE, id, key, "1953-02-24"),
            )
            held = (outlet, manager, "gold", 2, date(2026, 10, 1), _RICHEST_FEN - n, n)
            days = (date(2026, 10, 9), date(2026, 11, 30), NOW)
            people.append((id, customer_no(n), "person", *seals, *held, *days))
            for month in range(ACTIVITIES):
                call = new_id()
                note = vault.seal(ACTIVITY_NOTE, call, key, f"第{month}次：问国债，约下周再来")
                what = ("call", "reached", date(2026, 1 + month, 9), note, new_id(), NOW)
                calls.append((call, id, manager, outlet, *what))
        await connection.copy_records_to_table("customer", columns=_PEOPLE, records=people)
        await connection.copy_records_to_table("activity", columns=_CALLS, records=calls)


_PEOPLE = (
    *("id", "customer_no", "kind", "name_sealed", "phone_sealed", "birth_date_sealed"),
    *("home_unit_id", "manager_id", "tier", "tier_rank", "tier_since_on", "average_assets_fen"),
    *("assets_change_fen", "last_contact_on", "next_due_on", "created_at"),
)
_CALLS = (
    *("id", "customer_id", "staff_id", "unit_id", "kind", "outcome", "happened_on"),
    *("note_sealed", "request_key", "noted_at"),
)
