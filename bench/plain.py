"""The same questions in Strawberry as one writes it first: records, resolvers, values unsealed.

Two ways behind the same types: a query for each relation of each row, or DataLoaders. No policy,
no filter by reach, no audit entry.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NewType, Protocol
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from gate.house import House
from store.activity import ActivityRecord
from store.care_expense import CareExpenseRecord
from store.customer import CustomerRecord
from store.key import customer_keys
from store.obligation import ObligationRecord
from store.staff import StaffRecord
from store.unit import UnitRecord
from vault.field import Field
from vault.key import CellKey, CustomerKeyRow
from vault.mask import mask
from vault.registry import ACTIVITY_NOTE, PHONE
from vault.vault import Vault

Fen = NewType("Fen", int)


class Sources(Protocol):
    """Where resolvers find what hangs on a row."""

    vault: Vault
    owner: UUID

    async def key(self, customer_id: UUID) -> CustomerKeyRow:
        """Return a customer's newest key."""

    async def staff(self, id: UUID) -> StaffRecord:
        """Return a member of staff."""

    async def unit(self, id: UUID) -> UnitRecord:
        """Return a unit."""

    async def customer(self, id: UUID) -> CustomerRecord:
        """Return a customer."""

    async def activities(self, customer_id: UUID) -> Sequence[ActivityRecord]:
        """Return a customer's newest activities."""

    async def obligations(self, customer_id: UUID) -> Sequence[ObligationRecord]:
        """Return what a customer is owed."""

    async def expenses(self, customer_id: UUID) -> Sequence[CareExpenseRecord]:
        """Return what was spent on a customer."""


class OneByOne:
    """A query for each relation of each row."""

    def __init__(self, house: House, owner: UUID) -> None:
        self.house, self.vault, self.owner = house, house.vault, owner

    async def key(self, customer_id: UUID) -> CustomerKeyRow:
        """Return a customer's newest key."""
        async with self.house.database.connection() as connection:
            return (await customer_keys(connection, [customer_id]))[0]

    async def staff(self, id: UUID) -> StaffRecord:
        """Return a member of staff."""
        return await StaffRecord.get(id=id)

    async def unit(self, id: UUID) -> UnitRecord:
        """Return a unit."""
        return await UnitRecord.get(id=id)

    async def customer(self, id: UUID) -> CustomerRecord:
        """Return a customer."""
        return await CustomerRecord.get(id=id)

    async def activities(self, customer_id: UUID) -> Sequence[ActivityRecord]:
        """Return a customer's newest activities."""
        found = ActivityRecord.filter(customer_id=customer_id)
        return await found.order_by("-happened_on", "-id").limit(10)

    async def obligations(self, customer_id: UUID) -> Sequence[ObligationRecord]:
        """Return what a customer is owed."""
        found = ObligationRecord.filter(customer_id=customer_id)
        return await found.order_by("-due_on", "-id").limit(10)

    async def expenses(self, customer_id: UUID) -> Sequence[CareExpenseRecord]:
        """Return what was spent on a customer."""
        found = CareExpenseRecord.filter(customer_id=customer_id)
        return await found.order_by("-spent_on", "-id").limit(10)


class Loaders:
    """A query for each relation of each request."""

    def __init__(self, house: House, owner: UUID) -> None:
        self.vault, self.owner = house.vault, owner

        async def keys(ids: list[UUID]) -> list[CustomerKeyRow]:
            async with house.database.connection() as connection:
                rows = await customer_keys(connection, ids)
            newest = {row.customer_id: row for row in reversed(rows)}
            return [newest[id] for id in ids]

        def by_id(record: Any) -> Any:
            async def load(ids: list[UUID]) -> list[Any]:
                found = {one.id: one for one in await record.filter(id__in=ids)}
                return [found[id] for id in ids]

            return DataLoader(load_fn=load).load

        def of_customer(record: Any, order: str) -> Any:
            async def load(ids: list[UUID]) -> list[Any]:
                found: dict[UUID, list[Any]] = defaultdict(list)
                for one in await record.filter(customer_id__in=ids).order_by(order, "-id"):
                    found[one.customer_id].append(one)
                return [found[id][:10] for id in ids]

            return DataLoader(load_fn=load).load

        self.key = DataLoader(load_fn=keys).load
        self.staff, self.unit = by_id(StaffRecord), by_id(UnitRecord)
        self.customer = by_id(CustomerRecord)
        self.activities = of_customer(ActivityRecord, "-happened_on")
        self.obligations = of_customer(ObligationRecord, "-due_on")
        self.expenses = of_customer(CareExpenseRecord, "-spent_on")


Info = strawberry.Info[Any, None]


async def unsealed(
    info: Info, customer_id: UUID, field: Field, row_id: UUID, cell: bytes | None
) -> "Text":
    """Return a sealed value in clear."""
    if cell is None:
        return Text(text=None)
    vault: Vault = info.context.vault
    row = await info.context.key(customer_id)
    key: CellKey = vault.open_customer_key(
        row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
    )
    return Text(text=vault.unseal(field, row_id, key, cell))


@strawberry.type
class Text:
    """A protected text."""

    text: str | None


@strawberry.type
class Amount:
    """An amount."""

    fen: Fen


@strawberry.type
class Tier:
    """A tier."""

    code: str


@strawberry.type
class Staff:
    """A member of staff."""

    name: str


@strawberry.type
class Unit:
    """A place in the bank."""

    record: strawberry.Private[UnitRecord]

    @strawberry.field
    def name(self) -> str:
        """Its name."""
        return self.record.name

    @strawberry.field
    async def parent(self, info: Info) -> "Unit | None":
        """The unit above."""
        above: UUID | None = self.record.parent_id
        return Unit(record=await info.context.unit(above)) if above else None


@strawberry.type
class Activity:
    """What staff did."""

    record: strawberry.Private[ActivityRecord]
    kind: str
    happened_on: date

    @strawberry.field
    async def note(self, info: Info) -> Text:
        """What was said."""
        one = self.record
        return await unsealed(info, one.customer_id, ACTIVITY_NOTE, one.id, one.note_sealed)

    @strawberry.field
    async def staff(self, info: Info) -> Staff:
        """Who did it."""
        return Staff(name=(await info.context.staff(self.record.staff_id)).name)


@strawberry.type
class Activities:
    """A page."""

    nodes: list[Activity]


@strawberry.type
class CareExpense:
    """What was spent."""

    occasion: str
    amount_fen: Fen
    spent_on: date


async def named(info: Info, id: UUID | None) -> Staff | None:
    """Return a member of staff, if there is one."""
    return Staff(name=(await info.context.staff(id)).name) if id else None


def shown_mask(value: Text) -> Text:
    """Return a phone number, masked."""
    return Text(text=mask(PHONE, value.text) if value.text else None)
