"""What is in the book: customers of four managers, and C1's file with a little of everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.identity import new_id
from schema.root import execution_of
from store.database import Database
from store.key import customer_keys
from tests.bureau import TODAY, small_bureau
from tests.reading.book import Book
from vault.field import Field
from vault.registry import ACTIVITY_NOTE, ADDRESS, COMPLAINT_TEXT, ID_NUMBER, OCCUPATION

SECRETS = {
    "name": "欧阳采薇",
    "phone": "13912345678",
    "birth_date": "1966-08-17",
    "id_number": "990724196608173386",
    "address": "海州市西区建设路396号8室",
    "occupation": "钟表匠",
    "activity_note": "想在年底前换成三年期国债",
    "complaint_text": "等了四十分钟还没有人来",
}
"""What C1's sealed fields hold."""
AVERAGE_FEN, CHANGE_FEN, STOCK_FEN, HELD_FEN = 31_234_567, 1_234_568, 9_876_543, 7_654_321
SUMS = {AVERAGE_FEN, CHANGE_FEN, STOCK_FEN, HELD_FEN}
"""C1's amounts, in fen."""


@asynccontextmanager
async def open_book(database: Database, home: Path) -> AsyncIterator[Book]:
    """Open a bureau with customers of four managers, and C1's file full, for a block."""
    async with small_bureau(database, home) as bureau:
        book = Book(bureau, execution_of(is_introspective=True))
        for number, more in CUSTOMERS.items():
            book.customers[number] = await bureau.customer(number, **more)
        async with database.connection() as connection:
            await _seal_more(book, connection)
            await _activities(book, connection)
            await _ratings(book, connection)
            await _holdings(book, connection)
        await _obligations(book)
        yield book


CUSTOMERS: dict[str, dict[str, Any]] = {
    "C1": {
        "manager": "manager1",
        "average_assets_fen": AVERAGE_FEN,
        "assets_change_fen": CHANGE_FEN,
        "sex": "female",
        **{name: SECRETS[name] for name in ("name", "phone", "birth_date")},
    },
    "C2": {"manager": "manager2", "average_assets_fen": 60_000_000, "tier": "platinum"},
    "C3": {"manager": "manager3", "outlet": "320702001", "average_assets_fen": 60_000_000},
    "C4": {"manager": None, "outlet": "320701002", "average_assets_fen": 5, "tier": "none"},
    "C5": {"manager": "manager1", "average_assets_fen": 60_000_000, "assets_change_fen": -7},
    "C6": {"manager": "teller2", "outlet": "320701002", "average_assets_fen": 110_000_000},
}


async def _seal_more(book: Book, connection: Any) -> None:
    customer = book.customers["C1"]
    cells = [await _sealed(book, connection, field, customer.id) for field in _MORE]
    await connection.execute(
        "update customer set id_number_sealed = $2, address_sealed = $3, occupation_sealed = $4,"
        " id_number_index = $5, id_type = 'id_card' where id = $1",
        customer.id,
        *cells,
        book.house.vault.blind_index(ID_NUMBER, SECRETS["id_number"]),
    )
    book.ids["complaint"] = id = new_id()
    await connection.execute(
        "insert into complaint values ($1, $2, $3, $4, $4, 'counter', $5, $6, 'taken', null, null,"
        " $7)",
        id,
        customer.id,
        customer.home_unit_id,
        customer.manager_id,
        book.house.now(),
        book.house.now() + timedelta(days=1),
        await _sealed(book, connection, COMPLAINT_TEXT, id),
    )
    book.ids["expense"] = id = new_id()
    await connection.execute(
        "insert into care_expense values ($1, $2, $3, $4, '生日', 8000, $5, 'V1')",
        id,
        customer.id,
        customer.home_unit_id,
        customer.manager_id,
        TODAY,
    )


_MORE = (ID_NUMBER, ADDRESS, OCCUPATION)


async def _sealed(book: Book, connection: Any, field: Field, row_id: UUID) -> bytes:
    customer = book.customers["C1"]
    (row,) = await customer_keys(connection, [customer.id])
    key = book.house.vault.open_customer_key(
        row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
    )
    return book.house.vault.seal(field, row_id, key, SECRETS[field.name])


async def _activities(book: Book, connection: Any) -> None:
    customer = book.customers["C1"]
    for number in range(5):
        name = "activity" if number == 0 else f"activity{number}"
        book.ids[name] = id = new_id()
        await connection.execute(
            "insert into activity values"
            " ($1, $2, $3, $4, 'call', 'reached', $5, $6, null, null, $7, $8)",
            id,
            customer.id,
            customer.manager_id,
            customer.home_unit_id,
            date(2026, 10, 9 + number // 2),
            await _sealed(book, connection, ACTIVITY_NOTE, id) if number == 0 else None,
            new_id(),
            book.house.now(),
        )


async def _ratings(book: Book, connection: Any) -> None:
    previous = None
    for period, days, at in (("2026Q2", 91, 7), ("2026Q3", 92, 10)):
        book.ids[period] = id = new_id()
        await connection.execute(
            "insert into rating_run (id, period, rule_book, rule_book_version, rule_book_sha256,"
            " inputs_sha256, previous_id, days, rated_at, rated_by, counts)"
            " values ($1, $2, 'postal-high-end', 1, $3, $4, $5, $6, $7, 'S00001', '{}')",
            id,
            period,
            b"\x01" * 32,
            period.encode(),
            previous,
            days,
            datetime(2026, at, 12, tzinfo=book.house.now().tzinfo),
        )
        previous = id
        rows = [
            (
                id,
                one.id,
                one.average_assets_fen * days,
                one.tier,
                one.tier_rank,
                "vip" if one.tier != "none" else "none",
                1,
                "risen" if one.tier != "none" else "outside",
                "in",
                0,
                one.home_unit_id,
                None,
            )
            for one in book.customers.values()
        ]
        await connection.copy_records_to_table("rating", records=rows)


async def _holdings(book: Book, connection: Any) -> None:
    customer = book.customers["C1"]
    book.ids["delivery"] = id = new_id()
    await connection.execute(
        "insert into delivery values ($1, '3207', '2026Q3', $2, true, null, $3, $3, 'S00001',"
        " '{\"balances.csv\": 12}', 1, null, '')",
        id,
        b"\x02" * 32,
        book.house.now(),
    )
    await connection.execute(
        "insert into holding values ($1, $2, $3, 'time', $4, $5)",
        id,
        customer.id,
        customer.home_unit_id,
        STOCK_FEN,
        HELD_FEN * 92 + 91,
    )


async def _obligations(book: Book) -> None:
    plans = {"C1": (-40, 0, 3, 20), "C2": (0, 5), "C3": (-1, 9), "C5": (1,), "C6": (2,)}
    for number, days in plans.items():
        for plan in days:
            plan_on = TODAY + timedelta(days=plan)
            obligation = await book.bureau.obligation(
                book.customers[number],
                opens_on=plan_on - timedelta(days=5),
                plan_on=plan_on,
                due_on=plan_on + timedelta(days=6),
                kind="visit" if plan % 2 else "call",
            )
            book.ids[f"{number}{plan:+d}"] = obligation.id
    settled = await book.bureau.obligation(
        book.customers["C1"],
        opens_on=date(2026, 10, 1),
        plan_on=date(2026, 10, 9),
        due_on=date(2026, 10, 31),
        state="settled",
        settled_by_id=book.ids["activity"],
        settled_on=date(2026, 10, 9),
    )
    book.ids["settled"] = settled.id
