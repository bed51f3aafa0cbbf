"""Fill an empty house with the made-up bureau: by the real import and the real ratings."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from authz.action import Action
from demo.bureau import made_up_bureau
from demo.customer import CUSTOMERS, Customer, customers
from demo.delivery import write_deliveries
from demo.past import write_past
from demo.seeding import Seeding, begun, finish, is_done, keep, only_one
from demo.span import delivered_at, rated_at, span_before
from demo.staff import NOT_DELIVERED, made_up_staff
from demo.welcome import DEMO_SIGN_IN
from domain.period import Quarter
from domain.staff import Role
from gate.act import act
from gate.actor import console
from gate.house import House
from rating.run import rate
from services.assignment import assign_unmanaged
from services.delivery import import_delivery
from services.obligation import open_obligations
from services.password import password_hash
from services.staff import add_staff
from store.staff import StaffRecord

SEED: Final = 7
FOLDER: Final = "demo"

Tell = Callable[[str, float], None]
"""Told what is done now, and how much of all is done before it, 0 to 1."""


def unheard(_what: str, _share: float) -> None:
    """Take no notice."""


async def seed_demo(
    house: House, *, seed: int = SEED, count: int = CUSTOMERS, tell: Tell = unheard
) -> bool:
    """Fill the house with the demo, or go on where it was stopped; say if there was work to do.

    Until all of it is there, nobody can sign in and nothing says that this is a demo.

    Args:
        house: An empty one, or one in which this was stopped.
        seed: Another one makes other people and other money.
        count: How many customers.
        tell: Told of each step before it is taken.

    Raises:
        RuleBroken: HOUSE_NOT_EMPTY.
        SeedingBusy: Another process seeds the same house.
    """
    async with only_one(house.database):
        async with house.database.transaction() as transaction:
            if await is_done(transaction.connection):
                return False
            fresh = Seeding(seed, house.today().isoformat(), count)
            seeding = await begun(transaction.connection, fresh)
        await _Seeder(house, seeding, tell).run()
    return True


class _Seeder:
    """One run of the seeding; each step finds out what is there already."""

    def __init__(self, house: House, seeding: Seeding, tell: Tell) -> None:
        self._house = house
        self._seeding = seeding
        self._tell = tell
        self._folder = house.home / FOLDER
        self._span = span_before(seeding.begun_on, seeding.seed)

    async def run(self) -> None:
        """Take all steps; the last one opens the doors."""
        self._tell("Making up people and their money", 0)
        await asyncio.to_thread(self._write_deliveries)
        newest = await self._newest_rated()
        for number, quarter in enumerate(self._span.quarters):
            if str(quarter) < newest:  # it and all that follows from it are there
                continue
            self._tell(f"Importing and rating {quarter}", 0.1 + 0.1 * number)
            await self._take_in(quarter)
        self._tell("Telling the year before today", 0.7)
        await self._add_staff()
        await self._write_past()
        self._tell("Opening what is owed in the coming weeks", 0.9)
        await open_obligations(console(self._house))
        self._tell("Letting people in", 0.97)
        await self._let_in()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write_deliveries(self) -> None:
        what = self._seeding
        for _ in write_deliveries(self._folder, what.begun_on, what.seed, what.customers):
            pass

    async def _newest_rated(self) -> str:
        """Return the period of the newest rating; an empty text before the first."""
        async with self._house.database.connection() as connection:
            return await connection.fetchval("select max(period) from rating_run") or ""

    async def _take_in(self, quarter: Quarter) -> None:
        """Import and rate a quarter on the days on which that would have been done."""
        today = self._seeding.begun_on
        await import_delivery(
            console(self._house_at(delivered_at(quarter, today))), self._folder / str(quarter)
        )
        house = self._house_at(rated_at(quarter, today))
        # Not services.rating.rate_quarter: it also opens what is owed, which the history does.
        async with act(console(house), Action.QUARTER_RATE) as on:
            on.everywhere()
            run = await rate(
                on.connection, quarter, house.rule_book,
                at=house.now(), by=on.actor.staff.staff_no, work=house.work,
            )  # fmt: skip
            on.details |= {"run": run.id, "period": str(quarter), **run.counts}
        await assign_unmanaged(console(house))

    async def _add_staff(self) -> None:
        """Add those whom no data centre delivers."""
        house = self._house_at(rated_at(self._span.quarters[0], self._seeding.begun_on))
        for member in made_up_staff():
            if member.role in NOT_DELIVERED:
                if await StaffRecord.exists(staff_no=member.staff_no):
                    continue
                await add_staff(
                    console(house),
                    staff_no=member.staff_no,
                    name=member.name,
                    role=member.role.value,
                    unit_code=member.unit_code,
                )

    async def _write_past(self) -> None:
        if self._seeding.has_past:
            return
        what = self._seeding
        everybody = await asyncio.to_thread(self._everybody)
        done = replace(what, has_past=True)
        async with self._house.database.transaction() as transaction:
            await write_past(self._house, transaction.connection, everybody, what.seed)
            await keep(transaction.connection, done)
        self._seeding = done

    def _everybody(self) -> dict[str, Customer]:
        what = self._seeding
        all_of_them = customers(
            made_up_bureau(), self._span, what.begun_on, what.seed, what.customers
        )
        return {customer.number: customer for customer in all_of_them}

    async def _let_in(self) -> None:
        """Give everybody the password, but for other systems, and mark the house as a demo."""
        kept = await password_hash(DEMO_SIGN_IN)
        systems = [one.staff_no for one in made_up_staff() if one.role is Role.INTEGRATION]
        async with self._house.database.transaction() as transaction:
            await transaction.connection.execute(
                "update staff set password_hash = $1 where staff_no <> all($2)", kept, systems
            )
            await finish(transaction.connection, self._seeding)

    def _house_at(self, at: datetime) -> House:
        """Return the house with its clock set to *at*, but never ahead of its own."""
        now = min(at.astimezone(UTC), self._house.now())
        return replace(self._house, now=lambda: now)
