"""What decides which contacts customers are owed, read in one go; birth dates are unsealed here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from domain.due import CustomerFacts
from gate.house import House
from vault.registry import BIRTH_DATE

_ROWS = """
    select c.id, c.customer_no, c.tier, c.tier_since_on, c.home_unit_id, c.manager_id,
           c.birth_date_sealed,
           k.id as key_id, k.ring_key_id, k.suite, k.wrapped,
           e.entered_on
    from customer c
    left join lateral (
        select id, ring_key_id, suite, wrapped from customer_key
        where customer_id = c.id order by id desc limit 1
    ) k on true
    left join lateral (
        select c.tier_since_on as entered_on
        from rating r join rating_run n on n.id = r.run_id
        where r.customer_id = c.id and r.outcome = 'entered' and n.superseded_by_id is null
          and n.period = (select max(m.period) from rating_run m where m.superseded_by_id is null)
    ) e on true
    where c.tier_rank > 0 and c.home_unit_id is not null
"""


@dataclass(frozen=True, slots=True)
class PlacedFacts:
    """The facts of one rated customer, and where what is owed belongs."""

    facts: CustomerFacts
    unit_id: UUID
    manager_id: UUID | None


async def facts_of_customers(house: House, connection: asyncpg.Connection) -> list[PlacedFacts]:
    """Return the facts of all customers who hold a tier and have a home outlet."""
    rows = await connection.fetch(_ROWS)
    return [_facts(house, row) for row in rows]


def _facts(house: House, row: asyncpg.Record) -> PlacedFacts:
    birth_date = None
    if row["birth_date_sealed"] is not None:
        key = house.vault.open_customer_key(
            row["key_id"], row["ring_key_id"], row["suite"], row["wrapped"], row["id"]
        )
        text = house.vault.unseal(BIRTH_DATE, row["id"], key, row["birth_date_sealed"])
        birth_date = date.fromisoformat(text)
    facts = CustomerFacts(
        customer_id=row["id"],
        customer_no=row["customer_no"],
        tier=row["tier"],
        tier_since_on=row["tier_since_on"],
        entered_on=row["entered_on"],
        birth_date=birth_date,
    )
    return PlacedFacts(facts, row["home_unit_id"], row["manager_id"])
