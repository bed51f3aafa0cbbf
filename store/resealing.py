"""Cells sealed anew under new keys: a customer's cells and keys change in one transaction.

So a reader who joins cells with the customer's newest key is right at every moment. Writers hold
the customer's row (`for key share` at least) from reading the key until they commit; a page takes
only rows that nobody holds, and leaves the others to a later one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from store.key import copy_customer_keys, customer_keys, new_customer_key_ids
from store.sealed import INDEXED, SEALED, SealedColumn
from vault.envelope import key_id_of
from vault.errors import KeyShredded, SealBroken
from vault.key import CellKey
from vault.vault import Vault

FIRST: Final = UUID(int=0)
_OLD_INDEX: Final = " or ".join(f"substring(c.{index} for 1) <> $2" for _, index in INDEXED)
# Who has a key that is not of the ring key in use, keys too many, or an index by an older key.
_LEFT: Final = f"""
    exists (select 1 from customer_key k where k.customer_id = c.id)
    and (exists (select 1 from customer_key k where k.customer_id = c.id and k.ring_key_id <> $1)
        or (select count(*) from customer_key k where k.customer_id = c.id) > 1
        or {_OLD_INDEX})
"""


class CellMoved(Exception):
    """A cell was written by someone who did not hold its customer: the page is undone."""


class Moved(NamedTuple):
    """A cell that is to be replaced, if it is still what it was."""

    row_id: UUID
    old: bytes
    new: bytes
    new_index: bytes | None  # None: it has none, or keeps it


@dataclass(frozen=True, slots=True)
class Page:
    """What was done to a page of customers.

    Args:
        customers: Whose cells are all under their newest key now.
        broken: Who has a cell that does not open; nothing of theirs was changed.
        keys_destroyed: Keys under which no cell was left.
        last: Where the next page begins; None: there is none.
    """

    customers: tuple[UUID, ...]
    broken: tuple[UUID, ...]
    cells: int
    indexes: int
    keys_destroyed: int
    last: UUID | None


async def customers_left(connection: asyncpg.Connection, vault: Vault) -> int:
    """Return how many customers have cells or indexes to be made anew."""
    return int(
        await connection.fetchval(f"select count(*) from customer c where {_LEFT}", *_in_use(vault))
    )


async def reseal_page(
    connection: asyncpg.Connection, vault: Vault, after: UUID, size: int, at: datetime
) -> Page:
    """Seal the cells of the next customers anew; the caller's transaction makes it one.

    Args:
        after: The `last` of the page before; `FIRST` to begin.
        size: How many customers at most.

    Raises:
        CellMoved: A cell changed meanwhile.
    """
    rows = await connection.fetch(
        f"select c.id from customer c where {_LEFT} and c.id > $3 order by c.id limit $4 "
        "for update of c skip locked",
        *_in_use(vault),
        after,
        size,
    )
    ids = [row["id"] for row in rows]
    if not ids:
        return Page((), (), 0, 0, 0, None)
    work = _Resealing(connection, vault, at)
    await work.load(ids)
    await work.reseal()
    destroyed = await work.destroy()
    done = tuple(each for each in ids if each not in work.broken)
    return Page(done, tuple(work.broken), work.cells, work.indexes, destroyed, ids[-1])


async def destroy_ring_keys(connection: asyncpg.Connection, vault: Vault) -> int:
    """Destroy the ring keys that wrap nothing and index nothing, and return how many those were.

    Nobody may be writing by them any more. The keys in use stay.
    """
    await connection.execute("lock table ring_key in share row exclusive mode")
    wrapping = "select 1 from customer_key k where k.ring_key_id = r.id"
    indexing = " union all ".join(
        f"select 1 from {each.table} t "
        f"where substring(t.{index} for 1) = set_byte('\\x00', 0, r.id)"
        for each, index in INDEXED
    )
    rows = await connection.fetch(
        "delete from ring_key r where id <> all($1::integer[]) and "
        f"case purpose when 'customer' then not exists ({wrapping}) "
        f"else not exists ({indexing}) end returning id",
        [vault.ring.current.id, vault.ring.index_keys[0].id],
    )
    return len(rows)


class _Resealing:
    """The work on one page: whose keys, which cells, and what came of them."""

    def __init__(self, connection: asyncpg.Connection, vault: Vault, at: datetime) -> None:
        self._connection, self._vault, self._at = connection, vault, at
        self._old: dict[UUID, dict[int, CellKey]] = {}
        self._new: dict[UUID, CellKey] = {}
        self._moved: dict[UUID, list[tuple[SealedColumn, Moved]]] = defaultdict(list)
        self.broken: set[UUID] = set()
        self.cells = self.indexes = 0

    async def load(self, ids: Sequence[UUID]) -> None:
        """Open the customers' keys, and make one for whoever has none of the ring key in use."""
        rows = await customer_keys(self._connection, ids)
        for row in rows:
            try:
                key = self._vault.open_customer_key(
                    row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
                )
            except SealBroken:
                self.broken.add(row.customer_id)
                continue
            self._old.setdefault(row.customer_id, {})[row.id] = key
        current = self._vault.ring.current.id
        whole = [each for each in self._old if each not in self.broken]
        for customer_id in whole:
            newest = max(self._old[customer_id].items())[1]
            if newest.row.ring_key_id == current:
                self._new[customer_id] = newest
        lacking = [each for each in whole if each not in self._new]
        key_ids = await new_customer_key_ids(self._connection, len(lacking))
        for customer_id, key_id in zip(lacking, key_ids, strict=True):
            self._new[customer_id] = self._vault.new_customer_key(key_id, customer_id)

    async def reseal(self) -> None:
        """Seal all their cells anew and put them in the place of the old ones."""
        for column in SEALED:
            await self._prepare(column)
        moved: dict[SealedColumn, list[Moved]] = defaultdict(list)
        for customer_id, cells in self._moved.items():
            if customer_id not in self.broken:
                for column, cell in cells:
                    moved[column].append(cell)
        made = [
            key.row
            for customer_id, key in self._new.items()
            if customer_id not in self.broken and key.row.id not in self._old[customer_id]
        ]
        await copy_customer_keys(self._connection, made, self._at)
        for column, cells_of_column in moved.items():
            await self._swap(column, cells_of_column)

    async def destroy(self) -> int:
        """Destroy the old keys, once no cell is under one; return how many there were."""
        old = [
            key_id
            for customer_id, keys in self._old.items()
            if customer_id not in self.broken
            for key_id in keys
            if key_id != self._new[customer_id].row.id
        ]
        done = [each for each in self._new if each not in self.broken]
        for column in SEALED:
            left = await self._connection.fetchval(
                f"select count(*) from {column.table} where {column.customer} = any($1::uuid[]) "
                f"and sealed_key_id({column.column}) = any($2::bigint[])",
                done,
                old,
            )
            if left:
                raise CellMoved(f"{left} cells of {column.column} are still under an old key.")
        await self._connection.execute("delete from customer_key where id = any($1::bigint[])", old)
        return len(old)

    async def _prepare(self, column: SealedColumn) -> None:
        index = column.index or "null::bytea"
        rows = await self._connection.fetch(
            f"select id, {column.customer} as customer_id, {column.column} as cell, "
            f"{index} as index from {column.table} "
            f"where {column.customer} = any($1::uuid[]) and {column.column} is not null",
            list(self._new),
        )
        for row in rows:
            try:
                cell = self._cell(column, row)
            except SealBroken:
                self.broken.add(row["customer_id"])
                continue
            if cell is not None:
                self._moved[row["customer_id"]].append((column, cell))

    def _cell(self, column: SealedColumn, row: asyncpg.Record) -> Moved | None:
        """Return the cell sealed anew; None if it is as it should be."""
        field, old, new = column.field, row["cell"], self._new[row["customer_id"]]
        key_id = key_id_of(old)
        key = self._old[row["customer_id"]].get(key_id)
        if key is None:
            raise KeyShredded("The key of this cell is gone, though the customer has one.")
        index, new_index = row["index"], None
        if index is not None and not self._vault.is_index_current(index):
            text = self._vault.unseal(field, row["id"], key, old)
            new_index = self._vault.blind_index(field, text)
        elif key is new:
            return None
        return Moved(row["id"], old, self._vault.reseal(field, row["id"], key, old, new), new_index)

    async def _swap(self, column: SealedColumn, cells: Sequence[Moved]) -> None:
        """Compare and swap, cell by cell."""
        sets = f", {column.index} = coalesce(n.index, t.{column.index})" if column.index else ""
        swapped = await self._connection.fetch(
            f"update {column.table} t set {column.column} = n.new{sets} "
            "from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) n(id, old, new, index) "
            f"where t.id = n.id and t.{column.column} = n.old returning t.id",
            *map(list, zip(*cells, strict=True)),
        )
        if len(swapped) != len(cells):
            raise CellMoved(f"{len(cells) - len(swapped)} cells of {column.column} have changed.")
        self.cells += len(cells)
        self.indexes += sum(cell.new_index is not None for cell in cells)


def _in_use(vault: Vault) -> tuple[int, bytes]:
    """Return the ring key in use, and the first byte of indexes by the index key in use."""
    return vault.ring.current.id, bytes([vault.ring.index_keys[0].id])
