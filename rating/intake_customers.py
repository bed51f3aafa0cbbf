"""Bring delivered customers in: sealed under keys of their own, known ones where there is news."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import asyncpg

from domain.identity import new_id
from rating.cells import cells_of, columns_of
from rating.columnar import count, quoted
from rating.files import PERSONAL
from rating.marks import Marker
from vault.vault import Vault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE: Final = 5_000
EXAMPLES_MAX: Final = 20
_COLUMNS: Final = columns_of(PERSONAL)
_HOLD: Final = """
    select 1 from customer where id = any($1::uuid[]) order by id for no key update
"""
_NEWEST_KEYS: Final = """
    select distinct on (customer_id) customer_id, id, ring_key_id, suite, wrapped
    from customer_key where customer_id = any($1::uuid[]) order by customer_id, id desc
"""

Row = tuple[str, int, UUID, bytes | None, Sequence[str]]
"""Customer number, key number, id, marks (None for a new one), and the values of `PERSONAL`."""


@dataclass(frozen=True, slots=True)
class CustomerChanges:
    """How many customers a delivery adds and changes, and who some of the changed are."""

    new: int
    changed: int
    examples: Sequence[str]


class CustomerIntake:
    """The customers of one delivery on their way into the database.

    Args:
        engine: Has the view ``customers`` and the table ``customer_key``; gets the table
            ``customer_id`` with the ids of all.
        work: A folder for files in between; it holds no personal values.
        progress: Told what share of the customers is done.
    """

    def __init__(
        self,
        connection: asyncpg.Connection,
        engine: "DuckDBPyConnection",
        vault: Vault,
        work: Path,
        progress: Callable[[float], None],
    ) -> None:
        self._connection = connection
        self._engine = engine
        self._vault = vault
        self._marker = Marker(vault)
        self._work = work
        self._progress = progress

    async def take(self, at: datetime, *, is_newest: bool) -> CustomerChanges:
        """Add who is new, and bring in news of the others if the delivery is the newest.

        Args:
            at: Now; new customers count as known from then on.
        """
        await self._read_known()
        total = count(self._engine, "select count(*) from customers") or 1
        new = changed = done = 0
        examples: list[str] = []
        async for rows in self._chunks("known.id is null"):
            await self._add(rows, at)
            new += len(rows)
            self._progress(new / total)
        if is_newest:
            async for rows in self._chunks("known.id is not null"):
                news = await self._renew(rows)
                changed += len(news)
                examples += news[: EXAMPLES_MAX - len(examples)]
                done += len(rows)
                self._progress((new + done) / total)
        return CustomerChanges(new, changed, examples)

    async def _read_known(self) -> None:
        """Fetch who is known already into the engine."""
        path = self._work / "known.csv"
        await self._connection.copy_from_query(
            "select customer_no, id, encode(delivered_marks, 'hex') from customer",
            output=path,
            format="csv",
        )
        self._engine.execute(
            f"""create or replace table known as select * from read_csv({quoted(path)},
                header = false, auto_detect = false, delim = ',', quote = '"',
                columns = {{'customer_no': 'VARCHAR', 'id': 'UUID', 'marks': 'VARCHAR'}})"""
        )
        path.unlink()
        self._engine.execute(
            """create or replace table customer_id as
               select k.customer_key, known.id from customer_key k
               join known on known.customer_no = k.code where k.customer_key is not null"""
        )

    async def _chunks(self, which: str) -> AsyncIterator[list[Row]]:
        values = ", ".join(f"c.{name}" for name in PERSONAL)
        reader = self._engine.cursor()
        reader.execute(
            f"""select c.customer_no, k.customer_key, known.id, unhex(known.marks), {values}
                from customers c join customer_key k on k.code = c.customer_no
                left join known on known.customer_no = c.customer_no
                where {which} order by k.customer_key"""
        )
        try:
            while rows := await asyncio.to_thread(reader.fetchmany, AT_ONCE):
                yield [(no, key, id or new_id(), marks, rest) for no, key, id, marks, *rest in rows]
        finally:
            reader.close()

    async def _add(self, rows: Sequence[Row], at: datetime) -> None:
        import pyarrow as pa

        key_ids = await self._connection.fetch(
            "select nextval(pg_get_serial_sequence('customer_key', 'id')) "
            "from generate_series(1, $1)",
            len(rows),
        )
        keys, records = await asyncio.to_thread(
            self._sealed, rows, [each[0] for each in key_ids], at
        )
        await self._connection.copy_records_to_table(
            "customer",
            columns=("id", "customer_no", "created_at", "delivered_marks", *_COLUMNS),
            records=records,
        )
        await self._connection.copy_records_to_table(
            "customer_key",
            columns=("id", "customer_id", "ring_key_id", "suite", "wrapped", "created_at"),
            records=keys,
        )
        added = pa.table({"customer_key": [r[1] for r in rows], "id": [str(r[2]) for r in rows]})
        self._engine.register("added", added)
        self._engine.execute("insert into customer_id select customer_key, id::uuid from added")
        self._engine.unregister("added")

    def _sealed(
        self, rows: Sequence[Row], key_ids: Sequence[int], at: datetime
    ) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        """Return records of `customer_key` and `customer` for new customers."""
        keys: list[tuple[object, ...]] = []
        records: list[tuple[object, ...]] = []
        for key_id, (number, _, customer_id, _, values) in zip(key_ids, rows, strict=True):
            key = self._vault.new_customer_key(key_id, customer_id)
            row = key.row
            keys.append((row.id, customer_id, row.ring_key_id, int(row.suite), row.wrapped, at))
            marks = self._marker.marks(customer_id, values)
            cells = cells_of(self._vault, customer_id, key, values)
            records.append((customer_id, number, at, marks, *cells))
        return keys, records

    async def _renew(self, rows: Sequence[Row]) -> list[str]:
        """Bring in what is news of known customers; return their numbers."""
        marked = await asyncio.to_thread(self._news, rows)
        if not marked:
            return []
        ids = [row[2] for row, _, _ in marked]
        # Held, or a customer's key could be exchanged between reading it and sealing with it.
        await self._connection.execute(_HOLD, ids)
        keys = await self._connection.fetch(_NEWEST_KEYS, ids)
        key_of = {key["customer_id"]: key for key in keys}
        updates: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
        renewed = []
        for (number, _, customer_id, _, values), marks, names in marked:
            row = key_of.get(customer_id)
            if row is None:
                continue  # shredded: nothing of this customer is written again
            key = self._vault.open_customer_key(
                row["id"], row["ring_key_id"], row["suite"], row["wrapped"], customer_id
            )
            cells = cells_of(self._vault, customer_id, key, values, names)
            updates[tuple(columns_of(names))].append((customer_id, marks, *cells))
            renewed.append(number)
        for columns, records in updates.items():
            sets = "".join(f", {name} = ${place}" for place, name in enumerate(columns, start=3))
            await self._connection.executemany(
                f"update customer set delivered_marks = $2{sets} where id = $1", records
            )
        return renewed

    def _news(self, rows: Sequence[Row]) -> list[tuple[Row, bytes, list[str]]]:
        found = []
        for row in rows:
            marks = self._marker.marks(row[2], row[4])
            if marks != row[3]:
                found.append((row, marks, self._marker.news(row[3], marks)))
        return found
