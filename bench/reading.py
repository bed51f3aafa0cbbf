"""CPU of reading, plan against graphql-core and by hand: `python -m bench.reading`.

One process, no HTTP: milliseconds of CPU a request, median of interleaved trials. By hand is one
statement, the same three fields decrypted and the same ids made, without policy, masks or trail.
"""

import asyncio
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import asyncpg
import orjson

from audit.trail import Trail
from authz.policy import policy_in_force
from domain.identity import new_id
from domain.staff import Post, Role, Staff
from gate.actor import Actor
from gate.house import House
from schema.root import execution_of
from services.calendar import calendar_around
from store.database import Database, ensure_database
from store.embedded import EmbeddedServer
from store.key import copy_customer_keys, new_customer_key_ids, open_vault
from store.migrate import migrate
from store.rule_book import load_rule_book
from vault.registry import BIRTH_DATE, NAME, PHONE
from vault.vault import Vault

CUSTOMERS, ACTIVITIES_EACH, REQUESTS, TRIALS = 2_000, 5, 100, 7
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
Q1 = """query CustomerList { customers(first: 50, sort: ASSETS_DESC) { nodes {
  id number kind name { text } phone { text } birthDate { text } tier { code }
  averageAssets { fen } lastContactOn nextDueOn manager { name }
  homeUnit { name parent { name } } } } }"""
Q2 = """query Lists { customers(first: 20) { nodes { id number
  activities(first: 10) { nodes { kind happenedOn note { text } } }
  obligations(first: 10) { nodes { kind dueOn state } }
  expenses(first: 10) { occasion amountFen spentOn } } } }"""
BY_HAND = """
    select c.id, c.customer_no, c.kind, c.name_sealed, c.phone_sealed, c.birth_date_sealed, c.tier,
        c.average_assets_fen, c.last_contact_on, c.next_due_on, s.name, u.name, p.name,
        k.id, k.ring_key_id, k.suite, k.wrapped
    from customer c
    left join staff s on s.id = c.manager_id
    left join unit u on u.id = c.home_unit_id
    left join unit p on p.id = u.parent_id
    left join lateral (select * from customer_key k where k.customer_id = c.id
                       order by k.id desc limit 1) k on true
    order by c.average_assets_fen desc, c.id desc limit 50"""


@dataclass
class Asker:
    """Who asks."""

    house: House
    actor: Actor
    request_id: str = "bench"
    language: str = "zh"


async def main() -> None:
    """Print a table."""
    async with AsyncExitStack() as stack:
        house = await _house(stack)
        city = Staff(new_id(), "S1", "", (Post(Role.CITY_OFFICER, "/3207/"),))
        asker = Asker(house, Actor(house, city, "0" * 16, "bench"))
        cases = _cases(house, asker)
        for case in cases.values():
            await case()
        figures: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(TRIALS):
            for name, case in cases.items():
                start = process_time()
                for _ in range(REQUESTS):
                    await case()
                figures[name].append((process_time() - start) / REQUESTS * 1000)
        for name, trials in figures.items():
            print(f"{name:48}{median(trials):8.2f} ms")


def _cases(house: House, asker: Asker) -> dict[str, Callable[[], Awaitable[Any]]]:
    execution = execution_of(is_introspective=False)
    first, second = (execution.documents.document(text) for text in (Q1, Q2))
    return {
        "Q1 by hand": lambda: by_hand(house),
        "Q1 by plan, with trail": lambda: execution.execute(asker, Q1),
        "Q1 by graphql-core over the plan, with trail": lambda: execution.by_referee(
            asker, first, None, {}
        ),
        "Q2 by plan, with trail": lambda: execution.execute(asker, Q2),
        "Q2 by graphql-core over the plan, with trail": lambda: execution.by_referee(
            asker, second, None, {}
        ),
    }


async def by_hand(house: House) -> bytes:
    """Answer Q1 as one would write it for this one question."""
    vault = house.vault
    async with house.database.connection() as connection:
        rows = await connection.fetch(BY_HAND)
    nodes = []
    for r in rows:
        key = vault.open_customer_key(r[13], r[14], r[15], r[16], r[0])
        nodes.append(
            {
                "id": urlsafe_b64encode(f"Customer:{r[0]}".encode()).decode(),
                "number": r[1],
                "kind": r[2].upper(),
                "name": {"text": vault.unseal(NAME, r[0], key, r[3])},
                "phone": {"text": vault.unseal(PHONE, r[0], key, r[4])},
                "birthDate": {"text": vault.unseal(BIRTH_DATE, r[0], key, r[5])},
                "tier": {"code": r[6]},
                "averageAssets": {"fen": r[7]},
                "lastContactOn": r[8],
                "nextDueOn": r[9],
                "manager": {"name": r[10]},
                "homeUnit": {"name": r[11], "parent": {"name": r[12]}},
            }
        )
    return orjson.dumps({"data": {"customers": {"nodes": nodes}}})


async def _house(stack: AsyncExitStack) -> House:
    home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    server = EmbeddedServer(home)
    dsn = server.start()
    stack.callback(server.stop)
    await ensure_database(dsn)
    migrate(dsn)
    database = await stack.enter_async_context(Database.opened(dsn))
    async with database.own_connection() as connection:
        vault = await open_vault(connection, home, {}, NOW)
        await _fill(connection, vault)
    trail = Trail(database.connection, home, clock=lambda: NOW)
    await stack.enter_async_context(trail)
    book = load_rule_book()
    return House(
        database, vault, policy_in_force(), trail, book, lambda: NOW, calendar_around, home
    )


async def _fill(connection: asyncpg.Connection, vault: Vault) -> None:
    city, county, outlet, staff = (new_id() for _ in range(4))
    units = [
        (city, "3207", "市局", "city", None, "/3207/"),
        (county, "320701", "县局", "county", city, "/3207/320701/"),
        (outlet, "320701001", "网点", "outlet", county, "/3207/320701/320701001/"),
    ]
    await connection.copy_records_to_table("unit", records=units)
    await connection.execute(
        "insert into staff (id, staff_no, name, unit_id) values ($1, 'S00001', '甲', $2)",
        staff,
        outlet,
    )
    ids = [new_id() for _ in range(CUSTOMERS)]
    numbers = await new_customer_key_ids(connection, CUSTOMERS)
    keys = [vault.new_customer_key(n, id) for n, id in zip(numbers, ids, strict=True)]
    await copy_customer_keys(connection, [key.row for key in keys], NOW)
    names = (
        "id customer_no kind name_sealed phone_sealed birth_date_sealed home_unit_id manager_id"
        " average_assets_fen tier tier_rank created_at"
    )
    await connection.copy_records_to_table(
        "customer",
        columns=names.split(),
        records=[
            (
                id,
                f"C{number:09d}",
                "person",
                vault.seal(NAME, id, key, "李梅丽"),
                vault.seal(PHONE, id, key, "17975235189"),
                vault.seal(BIRTH_DATE, id, key, "1953-02-24"),
                outlet,
                staff,
                number * 100_003 % 90_000_000,
                "gold",
                2,
                NOW,
            )
            for number, (id, key) in enumerate(zip(ids, keys, strict=True))
        ],
    )
    activities = [
        (new_id(), id, staff, outlet, "call", "reached", date(2026, 1 + n, 9), new_id(), NOW)
        for id in ids
        for n in range(ACTIVITIES_EACH)
    ]
    names = "id customer_id staff_id unit_id kind outcome happened_on request_key noted_at"
    await connection.copy_records_to_table("activity", columns=names.split(), records=activities)
    await connection.execute("analyze")


if __name__ == "__main__":
    asyncio.run(main())
