"""Customers with cells in every table, opened as a reader opens them: by their newest key."""

import asyncpg

from domain.identity import new_id
from gate.house import House
from services.sealing import key_of
from store.customer import CustomerRecord
from store.key import open_vault
from store.sealed import SEALED
from tests.bureau import NOW, Bureau
from vault.registry import COMPLAINT_TEXT


async def add_book(bureau: Bureau, count: int) -> list[CustomerRecord]:
    """Add customers with a note and a complaint each."""
    customers = []
    for number in range(count):
        customer = await bureau.customer(
            f"C{number:04d}", phone=f"138{number:08d}", id_number=f"32070119700605{number:04d}"
        )
        await bureau.note("manager1", customer, note=f"note {number}")
        async with bureau.house.database.connection() as connection:
            await complain(bureau, connection, customer, f"complaint {number}")
        customers.append(customer)
    return customers


async def complain(
    bureau: Bureau, connection: asyncpg.Connection, customer: CustomerRecord, text: str
) -> None:
    """Add a complaint as the product would: under the customer's key, which is held."""
    async with connection.transaction():
        key = await key_of(bureau.house, connection, customer.id)
        id = new_id()
        await connection.execute(
            "insert into complaint (id, customer_id, unit_id, taken_by_id, owner_id, channel, "
            "taken_at, due_at, state, text_sealed) "
            "values ($1, $2, $3, $4, $4, 'phone', $5, $5, 'taken', $6)",
            id,
            customer.id,
            customer.home_unit_id,
            bureau.staff["manager1"],
            NOW,
            bureau.house.vault.seal(COMPLAINT_TEXT, id, key, text),
        )


async def texts(house: House) -> dict[str, str]:
    """Return all that is sealed, opened by the newest key of each customer in one statement."""
    found = {}
    async with house.database.connection() as connection:
        for each in SEALED:
            rows = await connection.fetch(
                f"select t.id, t.{each.column} as cell, t.{each.customer} as customer_id, "
                f"k.id as key_id, k.ring_key_id, k.suite, k.wrapped from {each.table} t "
                "left join lateral (select * from customer_key k "
                f"where k.customer_id = t.{each.customer} order by k.id desc limit 1) k on true "
                f"where t.{each.column} is not null"
            )
            for row in rows:
                key = house.vault.open_customer_key(
                    row["key_id"], row["ring_key_id"], row["suite"], row["wrapped"],
                    row["customer_id"],
                )  # fmt: skip
                text = house.vault.unseal(each.field, row["id"], key, row["cell"])
                found[f"{each.column} {row['id']}"] = text
    return found


async def reload(bureau: Bureau, **environ: str) -> None:
    """Open the vault anew, as a process that starts now does."""
    async with bureau.house.database.own_connection() as connection:
        vault = await open_vault(connection, bureau.house.home, environ, NOW)
    object.__setattr__(bureau.house, "vault", vault)
