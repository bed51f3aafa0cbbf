"""Write a year of histories into the database in one go: sealed, by COPY, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from demo.care_expense import Expense
from demo.complaint import Complaint
from demo.history import Done, Owing
from demo.kept import Kept
from domain.identity import new_id
from domain.rule_book import RuleBook
from vault.key import CellKey
from vault.registry import ACTIVITY_NOTE, COMPLAINT_TEXT
from vault.vault import Vault

_KEYS: Final = """
    select distinct on (customer_id) id, ring_key_id, suite, wrapped, customer_id
    from customer_key order by customer_id, id desc
"""
_ACTIVITY: Final = (
    *("id", "customer_id", "staff_id", "unit_id", "kind", "outcome", "happened_on"),
    *("note_sealed", "next_on", "with_staff_id", "request_key", "noted_at"),
)
_OBLIGATION: Final = (
    *("id", "key", "rule_book", "rule_book_version", "article", "kind", "customer_id", "owner_id"),
    *("unit_id", "tier", "opens_on", "plan_on", "due_on", "state", "postponed", "settled_by_id"),
    "settled_on",
)
_EVENT: Final = ("obligation_id", "happened_at", "kind", "staff_id", "reason", "plan_on")
_COMPLAINT: Final = (
    *("id", "customer_id", "unit_id", "taken_by_id", "owner_id", "channel", "taken_at"),
    *("due_at", "state", "closed_at", "cause", "text_sealed"),
)
_EXPENSE: Final = (
    *("id", "customer_id", "unit_id", "staff_id", "occasion", "amount_fen", "spent_on"),
    *("voucher_no", "reverses_id"),
)


class Recorder:
    """Writes histories on one connection; the caller's transaction makes them one.

    Args:
        keys: Every customer's key, opened.
    """

    def __init__(
        self, connection: asyncpg.Connection, vault: Vault, keys: Mapping[UUID, CellKey]
    ) -> None:
        self._connection, self._vault, self._keys = connection, vault, keys

    @classmethod
    async def on(cls, connection: asyncpg.Connection, vault: Vault) -> "Recorder":
        """Return a recorder with all customers' keys opened."""
        keys = {
            row["customer_id"]: vault.open_customer_key(*row)
            for row in await connection.fetch(_KEYS)
        }
        return cls(connection, vault, keys)

    async def activities(self, activities: Iterable[Done]) -> None:
        """Write activities, their notes sealed."""
        rows = []
        for one in activities:
            customer_id = one.kept.customer_id
            note_sealed = (
                self._vault.seal(ACTIVITY_NOTE, one.id, self._keys[customer_id], one.note)
                if one.note
                else None
            )
            whose = (one.id, customer_id, one.kept.manager.staff_id, one.kept.unit_id)
            what = (one.kind.value, one.outcome.value, one.happened_on, note_sealed, one.next_on)
            rows.append((*whose, *what, one.with_staff_id, uuid4(), one.noted_at))
        await self._copy("activity", _ACTIVITY, rows)

    async def obligations(self, owings: Iterable[Owing], rule_book: RuleBook) -> None:
        """Write obligations as they stand, and the events that they stand by."""
        rows, events = [], []
        for owing in owings:
            if owing.clock is None:
                continue
            id, due, clock, kept = new_id(), owing.due, owing.clock, owing.kept
            book = (rule_book.code, rule_book.version, due.article, due.kind.value)
            whose = (kept.customer_id, clock.owner_id, kept.unit_id, due.tier)
            days = (due.opens_on, clock.plan_on, due.due_on)
            how = (clock.state.value, clock.postponed, clock.activity_id, clock.settled_on)
            rows.append((id, due.key, *book, *whose, *days, *how))
            events += [
                (
                    *(id, event.happened_at.astimezone(UTC), event.kind.value, event.staff_id),
                    *(event.reason, event.plan_on),
                )
                for event in owing.events
            ]
        await self._copy("obligation", _OBLIGATION, rows)
        await self._copy("obligation_event", _EVENT, events)

    async def complaints(
        self, complaints: Iterable[tuple[Complaint, Kept, UUID]], answer_hours: int
    ) -> None:
        """Write complaints with their customers and who took them; the outlet's head owns them."""
        rows = []
        for complaint, kept, taken_by_id in complaints:
            id, key = new_id(), self._keys[kept.customer_id]
            text_sealed = self._vault.seal(COMPLAINT_TEXT, id, key, complaint.text)
            whose = (id, kept.customer_id, kept.unit_id, taken_by_id, kept.head.staff_id)
            due_at = complaint.due_at(answer_hours)
            what = (complaint.channel, complaint.taken_at, due_at, complaint.state)
            rows.append((*whose, *what, complaint.closed_at, complaint.cause, text_sealed))
        await self._copy("complaint", _COMPLAINT, rows)

    async def expenses(self, expenses: Iterable[Expense]) -> None:
        """Write the ledger."""
        rows = [
            (
                *(line.id, line.kept.customer_id, line.kept.unit_id, line.kept.manager.staff_id),
                *(line.occasion, line.amount_fen, line.spent_on, line.voucher_no),
                line.reverses_id,
            )
            for line in expenses
        ]
        await self._copy("care_expense", _EXPENSE, rows)

    async def _copy(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
    ) -> None:
        await self._connection.copy_records_to_table(table, records=rows, columns=columns)
