"""What is in the database after an import, in words that do not depend on ids or seals."""

from typing import Any
from uuid import UUID

import asyncpg

from gate.house import House
from rating.cells import SEALED
from store.key import customer_keys

_TABLES = {
    "units": "select code, name, kind, path from unit order by code",
    "places": "select u.code, p.path, p.name, p.from_on, p.until_on from unit_place p "
    "join unit u on u.id = p.unit_id order by u.code, p.from_on",
    "staff": "select staff_no, s.name, u.code, is_active from staff s "
    "join unit u on u.id = s.unit_id order by staff_no",
    "posts": "select s.staff_no, p.role, u.code, p.from_on, p.until_on, p.is_delivered "
    "from staff_post p join staff s on s.id = p.staff_id join unit u on u.id = p.unit_id "
    "order by 1, 4, 2, 3",
    "customers": "select customer_no, kind, sex, id_type, phone_index, id_number_index "
    "from customer order by customer_no",
    "keys": "select c.customer_no from customer_key k join customer c on c.id = k.customer_id "
    "order by 1",
    "holdings": "select d.period, c.customer_no, u.code, h.product, h.stock_fen, "
    "h.balance_days_fen from holding h join delivery d on d.id = h.delivery_id "
    "join customer c on c.id = h.customer_id join unit u on u.id = h.unit_id "
    "order by d.applied_at, d.id, 2, 3, 4",
    "deliveries": "select bureau, period, complete, rows, rows_set_aside, accepted_by, "
    "restates_id is not null as restates from delivery order by applied_at, id",
}


async def register(connection: asyncpg.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table that an import writes."""
    return {
        name: [tuple(row.values()) for row in await connection.fetch(sql)]
        for name, sql in _TABLES.items()
    }


async def registered(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Return the register of *house*."""
    async with house.database.connection() as connection:
        return await register(connection)


async def person(house: House, number: str) -> dict[str, str | None]:
    """Return a customer's sealed values, unsealed."""
    async with house.database.connection() as connection:
        row = await connection.fetchrow("select * from customer where customer_no = $1", number)
        assert row is not None
        (key_row, *_) = await customer_keys(connection, [row["id"]])
    key = house.vault.open_customer_key(
        key_row.id, key_row.ring_key_id, key_row.suite, key_row.wrapped, row["id"]
    )
    return {
        name: cell and house.vault.unseal(field, row["id"], key, cell)
        for name, field in SEALED.items()
        for cell in [row[f"{name}_sealed"]]
    }


async def customer_id(house: House, number: str) -> UUID:
    """Return a customer's id."""
    async with house.database.connection() as connection:
        found: UUID = await connection.fetchval(
            "select id from customer where customer_no = $1", number
        )
    return found
