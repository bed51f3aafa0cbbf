"""Make up the past year of the whole bureau and write it, in one transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg

from demo.care_expense import Expense, Ledger
from demo.chance import Chance
from demo.complaint import Complaint, complaints
from demo.customer import Customer
from demo.gather import Gathered, gathered
from demo.history import History
from demo.kept import Kept
from demo.occasion import note_occasions
from demo.record import Recorder
from demo.welcome import first_manager
from demo.year import Years
from domain.tier import NO_TIER
from gate.house import House


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in the bureau in the year before today.

    Args:
        complaints: Each with its customer and who took it.
    """

    histories: list[History]
    expenses: list[Expense]
    complaints: list[tuple[Complaint, Kept, UUID]]


async def write_past(
    house: House, connection: asyncpg.Connection, everybody: Mapping[str, Customer], seed: int
) -> Past:
    """Make up the year before today and write it on *connection*, which is in a transaction."""
    staff_no = first_manager().staff_no
    first_id: UUID = await connection.fetchval("select id from staff where staff_no = $1", staff_no)
    bureau = await gathered(connection, everybody)
    years = Years(house.rule_book, house.calendar_around(a_year_ago(house)), house.today(), seed)
    past = await asyncio.to_thread(_made_up, bureau, years, first_id, house.now())
    recorder = await Recorder.on(connection, house.vault)
    await recorder.activities(done for history in past.histories for done in history.activities)
    owings = (owing for history in past.histories for owing in history.owings.values())
    await recorder.obligations(owings, house.rule_book)
    await recorder.expenses(past.expenses)
    await recorder.complaints(past.complaints, house.rule_book.complaints.answer_hours)
    return past


def a_year_ago(house: House) -> date:
    """Return the day from which gifts, events and expenses are told."""
    return house.today() - timedelta(days=365)


def _made_up(bureau: Gathered, years: Years, first_id: UUID, now: datetime) -> Past:
    from_day = years.today - timedelta(days=365)
    histories: list[History] = []
    for manager_id, customers in bureau.kept.items():
        make = years.shown_first if manager_id == first_id else years.of
        histories += make(customers)
    ledger = Ledger(years.rule_book, years.calendar, from_day, years.today)
    for history in histories:
        chance = Chance(years.seed, "occasions", history.kept.customer_no)
        note_occasions(history, years.calendar, from_day, years.today, chance)
        ledger.book_year(history, chance)
    ledger.book_outliers(Chance(years.seed, "outliers"))
    return Past(histories, ledger.expenses, _complaints(bureau, years, now))


def _complaints(
    bureau: Gathered, years: Years, now: datetime
) -> list[tuple[Complaint, Kept, UUID]]:
    """Give each complaint a customer who held a tier, and somebody of the outlet who took it."""
    chance = Chance(years.seed, "who complains")
    everybody = [kept for customers in bureau.kept.values() for kept in customers]
    found = []
    for complaint in complaints(now, years.seed):
        kept = chance.choice(everybody)
        while kept.tier_on(complaint.taken_at.date()) == NO_TIER:
            kept = chance.choice(everybody)
        found.append((complaint, kept, chance.choice(bureau.takers[kept.unit_id])))
    return found
