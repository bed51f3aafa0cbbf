"""What decides which contacts customers are owed, read in one go; birth dates are unsealed here."""

import logging
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from domain.due import CustomerFacts
from gate.house import House
from vault.errors import RingKeyUnknown, SealBroken, VaultClosed
from vault.registry import BIRTH_DATE

AT_ONCE = 200  # rows; between two fetches requests go on
_log = logging.getLogger(__name__)

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
        where r.customer_id = c.id and r.outcome = 'entered'
          and n.id = (select m.id from rating_run m
                      where m.rule_book = $1 and m.superseded_by_id is null
                      order by m.period desc limit 1)
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
    """Return the facts of all customers who hold a tier and have a home outlet.

    Args:
        connection: In a transaction.
    """
    rows = connection.cursor(_ROWS, house.rule_book.code, prefetch=AT_ONCE)
    return [_facts(house, row) async for row in rows]


def _facts(house: House, row: asyncpg.Record) -> PlacedFacts:
    facts = CustomerFacts(
        customer_id=row["id"],
        customer_no=row["customer_no"],
        tier=row["tier"],
        tier_since_on=row["tier_since_on"],
        entered_on=row["entered_on"],
        birth_date=_birth_date(house, row),
    )
    return PlacedFacts(facts, row["home_unit_id"], row["manager_id"])


def _birth_date(house: House, row: asyncpg.Record) -> date | None:
    """Return the birth date; None also where it cannot be had: the others' greetings go on."""
    if row["birth_date_sealed"] is None or row["key_id"] is None:  # no key: they were shredded
        return None
    try:
        key = house.vault.open_customer_key(
            row["key_id"], row["ring_key_id"], row["suite"], row["wrapped"], row["id"]
        )
        text = house.vault.unseal(BIRTH_DATE, row["id"], key, row["birth_date_sealed"])
        return date.fromisoformat(text)
    except (RingKeyUnknown, VaultClosed):  # all of them would fail: the round is tried again
        raise
    except SealBroken as broken:
        _log.error("No birthday is planned for: %s", broken)
    except ValueError:  # its own text would hold the value
        _log.error("The birth date of customer %s is no date; no birthday is planned.", row["id"])
    return None
