"""The four questions as one writes an endpoint for each: asyncpg rows, the same decryption, orjson.

Nothing here asks a policy, filters by reach or leaves an audit entry. Masks are the plan's.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg
import orjson

from bench.book import customer_no
from gate.house import House
from reading.global_id import global_id
from vault.key import CellKey
from vault.mask import mask
from vault.registry import ACTIVITY_NOTE, BIRTH_DATE, NAME, PHONE
from vault.vault import Vault

_KEY = """left join lateral (select k.id as key_id, k.ring_key_id, k.suite, k.wrapped
    from customer_key k where k.customer_id = c.id order by k.id desc limit 1) k on true"""
_Q1 = f"""
    select c.id as customer_id, c.customer_no, c.kind, c.name_sealed, c.phone_sealed,
        c.birth_date_sealed, c.tier, c.average_assets_fen, c.last_contact_on, c.next_due_on,
        s.name as manager, u.name as unit, p.name as parent,
        k.key_id, k.ring_key_id, k.suite, k.wrapped
    from customer c left join staff s on s.id = c.manager_id
    left join unit u on u.id = c.home_unit_id left join unit p on p.id = u.parent_id {_KEY}
    order by c.average_assets_fen desc, c.id desc limit 50"""
_CALLS = """(select array_agg((a.id, a.kind, a.happened_on, a.note_sealed, a.staff)) from (
        select a.id, a.kind, a.happened_on, a.note_sealed, s.name as staff
        from activity a left join staff s on s.id = a.staff_id
        where a.customer_id = c.id order by a.happened_on desc, a.id desc limit 10) a) as calls"""
_Q2 = f"""
    select c.id as customer_id, c.customer_no, c.name_sealed,
        k.key_id, k.ring_key_id, k.suite, k.wrapped, {_CALLS},
        (select array_agg((o.kind, o.due_on, o.state)) from (select * from obligation o
            where o.customer_id = c.id order by o.due_on desc, o.id desc limit 10) o) as owed,
        (select array_agg((e.occasion, e.amount_fen, e.spent_on)) from (select * from care_expense e
            where e.customer_id = c.id order by e.spent_on desc, e.id desc limit 10) e) as spent
    from customer c {_KEY} order by c.average_assets_fen desc, c.id desc limit 20"""
_Q3 = f"""
    select c.id as customer_id, c.customer_no, c.name_sealed, c.phone_sealed, c.birth_date_sealed,
        c.tier, c.average_assets_fen, s.name as manager,
        k.key_id, k.ring_key_id, k.suite, k.wrapped, {_CALLS}
    from customer c left join staff s on s.id = c.manager_id {_KEY} where c.customer_no = $1"""
_Q4 = f"""
    select o.id, o.kind, o.state, o.article, o.plan_on, o.due_on, o.tier, s.name as owner,
        u.name as unit, c.id as customer_id, c.customer_no, c.name_sealed,
        k.key_id, k.ring_key_id, k.suite, k.wrapped
    from obligation o left join staff s on s.id = o.owner_id join unit u on u.id = o.unit_id
    join customer c on c.id = o.customer_id {_KEY}
    where o.owner_id = $1 and o.state = 'open' order by o.plan_on, o.id limit 50"""


async def q1(house: House) -> bytes:
    """Answer Q1."""
    vault = house.vault
    nodes = []
    for row in await _rows(house, _Q1):
        id, key = row["customer_id"], _key(vault, row)
        phone = vault.unseal(PHONE, id, key, row["phone_sealed"])
        nodes.append(
            {
                "id": global_id("Customer", id),
                "number": row["customer_no"],
                "kind": row["kind"].upper(),
                "name": {"text": vault.unseal(NAME, id, key, row["name_sealed"])},
                "phone": {"text": mask(PHONE, phone)},
                "birthDate": {"text": vault.unseal(BIRTH_DATE, id, key, row["birth_date_sealed"])},
                "tier": {"code": row["tier"]},
                "averageAssets": {"fen": row["average_assets_fen"]},
                "lastContactOn": row["last_contact_on"],
                "nextDueOn": row["next_due_on"],
                "manager": {"name": row["manager"]},
                "homeUnit": {"name": row["unit"], "parent": {"name": row["parent"]}},
            }
        )
    return orjson.dumps({"data": {"customers": {"nodes": nodes}}})


async def q2(house: House) -> bytes:
    """Answer Q2."""
    vault = house.vault
    nodes = []
    for row in await _rows(house, _Q2):
        id, key = row["customer_id"], _key(vault, row)
        owed = [{"kind": k.upper(), "dueOn": d, "state": s.upper()} for k, d, s in row["owed"]]
        nodes.append(
            {
                "id": global_id("Customer", id),
                "number": row["customer_no"],
                "name": {"text": vault.unseal(NAME, id, key, row["name_sealed"])},
                "activities": {"nodes": [_call(vault, key, one)[0] for one in row["calls"]]},
                "obligations": {"nodes": owed},
                "expenses": [
                    {"occasion": o, "amountFen": fen, "spentOn": d} for o, fen, d in row["spent"]
                ],
            }
        )
    return orjson.dumps({"data": {"customers": {"nodes": nodes}}})


async def q3(house: House) -> bytes:
    """Answer Q3."""
    vault = house.vault
    (row,) = await _rows(house, _Q3, customer_no(7))
    id, key = row["customer_id"], _key(vault, row)
    phone = vault.unseal(PHONE, id, key, row["phone_sealed"])
    calls = [_call(vault, key, one) for one in row["calls"]]
    customer = {
        "id": global_id("Customer", id),
        "number": row["customer_no"],
        "name": {"text": vault.unseal(NAME, id, key, row["name_sealed"])},
        "phone": {"text": mask(PHONE, phone)},
        "birthDate": {"text": vault.unseal(BIRTH_DATE, id, key, row["birth_date_sealed"])},
        "tier": {"code": row["tier"]},
        "averageAssets": {"fen": row["average_assets_fen"]},
        "manager": {"name": row["manager"]},
        "activities": {"nodes": [one | {"staff": {"name": staff}} for one, staff in calls]},
    }
    return orjson.dumps({"data": {"customer": customer}})


async def q4(house: House, owner: object) -> bytes:
    """Answer Q4 for *owner*."""
    vault = house.vault
    nodes = []
    for row in await _rows(house, _Q4, owner):
        name = vault.unseal(NAME, row["customer_id"], _key(vault, row), row["name_sealed"])
        nodes.append(
            {
                "id": global_id("Obligation", row["id"]),
                "kind": row["kind"].upper(),
                "state": row["state"].upper(),
                "article": row["article"],
                "planOn": row["plan_on"],
                "dueOn": row["due_on"],
                "tier": {"code": row["tier"]},
                "owner": {"name": row["owner"]},
                "unit": {"name": row["unit"]},
                "customer": {"number": row["customer_no"], "name": {"text": name}},
            }
        )
    return orjson.dumps({"data": {"obligations": {"nodes": nodes}}})


def endpoints(house: House, owner: object) -> dict[str, Callable[[], Awaitable[bytes]]]:
    """Return the endpoint of each question."""
    return {
        "Q1": lambda: q1(house),
        "Q2": lambda: q2(house),
        "Q3": lambda: q3(house),
        "Q4": lambda: q4(house, owner),
    }


async def _rows(house: House, sql: str, *values: object) -> list[asyncpg.Record]:
    async with house.database.connection() as connection:
        return await connection.fetch(sql, *values)


def _key(vault: Vault, row: asyncpg.Record) -> CellKey:
    return vault.open_customer_key(
        row["key_id"], row["ring_key_id"], row["suite"], row["wrapped"], row["customer_id"]
    )


def _call(vault: Vault, key: CellKey, call: Any) -> tuple[dict[str, Any], str]:
    """Return an activity as both questions show it, and the name of who did it."""
    id, kind, happened_on, sealed, staff = call
    note = {"text": vault.unseal(ACTIVITY_NOTE, id, key, sealed)}
    return {"kind": kind.upper(), "happenedOn": happened_on, "note": note}, staff


HAND: Final = "hand-written: asyncpg rows, the same decryption, orjson"
