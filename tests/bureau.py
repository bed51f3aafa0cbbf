"""A small bureau to test with: units, staff in every role, customers as they are sealed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson

from audit.trail import Trail
from authz.policy import policy_in_force
from domain.activity import ActivityKind, ActivityOutcome
from domain.identity import new_id
from gate.actor import Actor, console
from gate.house import House
from services.activity import Noted, note_activity
from services.calendar import calendar_around
from services.obligation import Swept, open_obligations
from services.password import password_hash
from services.staff import staff_with_posts
from store.customer import CustomerRecord
from store.database import Database
from store.key import add_customer_key, open_vault
from store.obligation import ObligationRecord
from store.rating import RatingRunRecord
from store.rule_book import load_rule_book
from store.staff import StaffRecord
from tests.places import add_staff, add_units
from vault.registry import BIRTH_DATE, ID_NUMBER, NAME, PHONE

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
TODAY = date(2026, 11, 18)
PASSWORD = "a sentence is easy to keep"


class Clock:
    """What time it is in the bureau; tests move it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the present instant in UTC."""
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let *span* pass: days, hours, minutes or seconds."""
        self.now += timedelta(**span)

    def go_to(self, day: date) -> None:
        """Let it be 10:00 in Shanghai on *day*."""
        self.now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


@dataclass
class Bureau:
    """The house, and who and what is in it, by short names."""

    house: House
    clock: Clock
    units: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)

    async def actor(self, name: str) -> Actor:
        """Return *name*, signed in."""
        staff = await staff_with_posts(self.house, await StaffRecord.get(id=self.staff[name]))
        return Actor(self.house, staff, "0" * 16, uuid4().hex, "en")

    async def customer(
        self, number: str = "", *, manager: str | None = "manager1", **more: Any
    ) -> CustomerRecord:
        """Add a customer, sealed as they are in the product."""
        house, id = self.house, new_id()
        values = {"name": "李梅丽", "phone": "13812345678", "birth_date": "1970-06-05"} | {
            name: more.pop(name) for name in ("name", "phone", "birth_date") if name in more
        }
        id_number = more.pop("id_number", None)
        outlet = more.pop("outlet", "320701001")
        async with house.database.connection() as connection:
            key = await add_customer_key(connection, house.vault, id, house.now())
        columns: dict[str, Any] = {
            "tier": "gold",
            "tier_rank": 2,
            "tier_since_on": date(2026, 1, 1),
            "average_assets_fen": 30_000_000,
        }
        return await CustomerRecord.create(
            id=id,
            customer_no=number or f"C{id.int % 10**9:09d}",
            kind="person",
            name_sealed=house.vault.seal(NAME, id, key, values["name"]),
            phone_sealed=house.vault.seal(PHONE, id, key, values["phone"]),
            phone_index=house.vault.blind_index(PHONE, values["phone"]),
            birth_date_sealed=house.vault.seal(BIRTH_DATE, id, key, values["birth_date"]),
            id_number_sealed=house.vault.seal(ID_NUMBER, id, key, id_number) if id_number else None,
            home_unit_id=self.units[outlet],
            manager_id=self.staff[manager] if manager else None,
            created_at=house.now(),
            **(columns | more),
        )

    async def obligation(self, customer: CustomerRecord, **more: Any) -> ObligationRecord:
        """Add an open call that is due this month."""
        columns: dict[str, Any] = {
            "rule_book": "postal-high-end",
            "rule_book_version": 1,
            "article": "第十六条(一)",
            "kind": "call",
            "owner_id": customer.manager_id,
            "tier": customer.tier,
            "opens_on": date(2026, 11, 1),
            "plan_on": TODAY,
            "due_on": date(2026, 11, 30),
        } | more
        opens_on, duty = columns["opens_on"], columns.pop("duty", columns["kind"])
        return await ObligationRecord.create(
            id=new_id(),
            key=f"postal-high-end/{duty}/{customer.id}/{opens_on}",
            customer_id=customer.id,
            unit_id=customer.home_unit_id,
            **columns,
        )

    async def entered(self, customer: CustomerRecord) -> None:
        """Add the rating of 2026Q3 by which *customer* got their tier."""
        run = await RatingRunRecord.create(
            id=new_id(),
            period="2026Q3",
            rule_book="postal-high-end",
            rule_book_version=1,
            rule_book_sha256=b"",
            inputs_sha256=uuid4().bytes,
            days=92,
            rated_at=self.house.now(),
            rated_by="S00001",
            counts={"entered": 1},
        )
        async with self.house.database.connection() as connection:
            await connection.execute(
                "insert into rating values ($1, $2, 0, $3, $4, 'none', 0, 'entered', 'in', 0)",
                run.id,
                customer.id,
                customer.tier,
                customer.tier_rank,
            )

    async def round(self) -> Swept:
        """Run the daily round of obligations."""
        return await open_obligations(console(self.house))

    async def note(self, name: str, customer: CustomerRecord, **more: Any) -> Noted:
        """Have *name* note a call today that reached the customer, unless told otherwise."""
        companion = more.pop("along", None)
        values: dict[str, Any] = {
            "kind": ActivityKind.CALL,
            "outcome": ActivityOutcome.REACHED,
            "happened_on": self.house.today(),
            "note": "",
            "next_on": None,
            "request_key": uuid4(),
        } | more
        return await note_activity(
            await self.actor(name),
            customer.id,
            with_staff_id=self.staff[companion] if companion else None,
            **values,
        )

    async def password(self, name: str, password: str = PASSWORD) -> str:
        """Give *name* a password; return their staff number."""
        record = await StaffRecord.get(id=self.staff[name])
        record.password_hash = await password_hash(password)
        await record.save(update_fields=["password_hash"])
        return record.staff_no

    async def entries(self, action: str = "") -> list[dict[str, Any]]:
        """Return what the trail remembers, of one *action* if given."""
        async with self.house.database.connection() as connection:
            rows = await connection.fetch("select entry from trail_pending order by arrived")
        entries: list[dict[str, Any]] = [orjson.loads(row["entry"]) for row in rows]
        return [entry for entry in entries if action in ("", entry["action"])]


@asynccontextmanager
async def small_bureau(database: Database, home: Path) -> AsyncIterator[Bureau]:
    """Open a house on *database* with units and staff in it, for a block; it is `NOW` there."""
    async with database.own_connection() as connection:
        vault = await open_vault(connection, home, {}, NOW)
    clock = Clock()
    async with Trail(database.connection, home, clock=clock) as trail:
        house = House(
            database,
            vault,
            policy_in_force(),
            trail,
            load_rule_book(),
            clock,
            calendar_around,
            home,
        )
        bureau = Bureau(house, clock)
        bureau.units = await add_units()
        bureau.staff = await add_staff(bureau.units)
        yield bureau
    vault.close()
