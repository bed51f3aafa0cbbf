"""Obligations: open those of the coming weeks, close what no longer holds, postpone."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

import asyncpg

from authz.action import Action
from domain.due import CustomerFacts, due_obligations, is_superseded
from domain.identity import new_id
from domain.obligation import Due, ObligationState
from domain.obligation_clock import Clock, EventKind, is_missed
from domain.postponing import ensure_postponable
from domain.workload import planned_evenly
from gate.act import On, act
from gate.actor import Actor
from rating.turn import take_many_customers
from services.customer_facts import facts_of_customers
from store.obligation import ObligationEventRecord, ObligationRecord

HORIZON = timedelta(days=35)  # the coming weeks: this month's plan and the next one's
PAUSE_EVERY = 200  # customers, about 10 ms: requests go on beside the round
COLUMNS = (
    *("id", "key", "rule_book", "rule_book_version", "article", "kind"),
    *("customer_id", "owner_id", "unit_id", "tier", "opens_on", "plan_on", "due_on"),
)
EVENT_COLUMNS = ("obligation_id", "happened_at", "kind", "staff_id", "reason", "plan_on")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a round changed, in obligations."""

    opened: int
    missed: int
    voided: int


@dataclass(frozen=True, slots=True)
class OpenOne:
    """An open obligation as the sweep needs it."""

    id: UUID
    key: str
    kind: str
    tier: str
    customer_id: UUID
    owner_id: UUID | None
    opens_on: date
    plan_on: date
    due_on: date


async def open_obligations(actor: Actor) -> Swept:
    """Open what the rule book asks for until `HORIZON`; close what was missed or no longer holds.

    Runs any number of times a day: what is there already is left alone.
    """
    async with act(actor, Action.OBLIGATIONS_OPEN) as on:
        on.everywhere()
        await take_many_customers(on.connection)
        open_ones = await _open_ones(on.connection)
        asked = await _asked(on)
        missed = _missed_of(on, open_ones)
        voided = _voided_of(on, open_ones, asked)
        new = await _new(on, asked, open_ones)
        closed = {one.customer_id for one in (*missed, *voided)}
        await _lock(on, closed | {one.customer_id for one in new})
        swept = Swept(
            await _open(on, new),
            await _close(on, missed, EventKind.MISSED, ObligationState.MISSED),
            await _close(on, voided, EventKind.VOIDED, ObligationState.VOID),
        )
        on.details |= asdict(swept)
        return swept


async def postpone_obligation(
    actor: Actor, obligation_id: UUID, *, plan_on: date, reason: str
) -> None:
    """Plan an obligation for another day of its window; the reason is kept and counted.

    Raises:
        RuleBroken: The rule book does not allow it (see `ensure_postponable`).
    """
    async with act(actor, Action.OBLIGATION_POSTPONE) as on:
        locked = ObligationRecord.select_for_update(of=("obligation",), no_key=True)
        obligation = on(await locked.get_or_none(id=obligation_id).select_related("unit"))
        on.customers = (obligation.customer_id,)
        house = actor.house
        clock = Clock(
            ObligationState(obligation.state),
            obligation.plan_on,
            obligation.owner_id,
            obligation.postponed,
        )
        rule = house.rule_book.contacts.postponing
        window = obligation.opens_on, obligation.due_on
        ensure_postponable(clock, *window, plan_on, reason, house.today(), rule)
        obligation.plan_on = plan_on
        obligation.postponed += 1
        await obligation.save(update_fields=["plan_on", "postponed"])
        await ObligationEventRecord.create(
            obligation_id=obligation.id,
            happened_at=house.now(),
            kind=EventKind.POSTPONED.value,
            staff_id=actor.staff.id,
            reason=reason.strip(),
            plan_on=plan_on,
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for one customer, and where it belongs."""

    facts: CustomerFacts
    unit_id: UUID
    owner_id: UUID | None
    dues: Sequence[Due]


async def _asked(on: On) -> dict[UUID, _Asked]:
    house = on.actor.house
    today = house.today()
    asked = {}
    for number, one in enumerate(await facts_of_customers(house, on.connection)):
        if number % PAUSE_EVERY == 0:
            await asyncio.sleep(0)
        dues = due_obligations(one.facts, house.rule_book, house.calendar, today, today + HORIZON)
        asked[one.facts.customer_id] = _Asked(one.facts, one.unit_id, one.manager_id, dues)
    return asked


async def _open_ones(connection: asyncpg.Connection) -> list[OpenOne]:
    rows = await connection.fetch(
        "select id, key, kind, tier, customer_id, owner_id, opens_on, plan_on, due_on "
        "from obligation where state = 'open'"
    )
    return [OpenOne(**row) for row in rows]


def _missed_of(on: On, open_ones: Iterable[OpenOne]) -> list[OpenOne]:
    house = on.actor.house
    days, today = house.rule_book.contacts.missed_after_days, house.today()
    return [one for one in open_ones if is_missed(ObligationState.OPEN, one.due_on, today, days)]


def _voided_of(on: On, open_ones: Iterable[OpenOne], asked: dict[UUID, _Asked]) -> list[OpenOne]:
    today = on.actor.house.today()
    voided = []
    for one in open_ones:
        now = asked.get(one.customer_id)
        keys = {due.key for due in now.dues} if now else set()
        if is_superseded(one, keys, now.facts.tier if now else "none", today):
            voided.append(one)
    return voided


async def _lock(on: On, customers: Collection[UUID]) -> None:
    """Lock whom the round is about, in one order for all rounds.

    Whoever notes an activity locks the customer first, too, so that nobody waits in a circle.
    """
    await on.connection.execute(
        "select 1 from customer where id = any($1) order by id for no key update", list(customers)
    )


async def _close(on: On, closed: Sequence[OpenOne], kind: EventKind, state: ObligationState) -> int:
    """Close those that are still open: one may have been settled while the round was planned."""
    rows = await on.connection.fetch(
        "update obligation set state = $2 where id = any($1) and state = 'open' returning id",
        [one.id for one in closed],
        state.value,
    )
    now = on.actor.house.now()
    await _remember(on, [(row["id"], now, kind.value, None, None, None) for row in rows])
    return len(rows)


@dataclass(frozen=True, slots=True)
class _New:
    """An obligation to open: what is due, to whom, and who owes it where."""

    due: Due
    customer_id: UUID
    owner_id: UUID | None
    unit_id: UUID


async def _new(on: On, asked: dict[UUID, _Asked], open_ones: Iterable[OpenOne]) -> list[_New]:
    """Return what is asked for and not there yet, each manager's spread over the days."""
    house, today = on.actor.house, on.actor.house.today()
    known = await _known_keys(on.connection, today)
    load: dict[UUID | None, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in open_ones:
        load[one.owner_id][one.plan_on] += 1
    owed_by: dict[UUID | None, list[Due]] = defaultdict(list)
    whose: dict[str, _Asked] = {}
    for one_asked in asked.values():
        for due in one_asked.dues:
            if due.key not in known:
                owed_by[one_asked.owner_id].append(due)
                whose[due.key] = one_asked
    return [
        _New(due, whose[due.key].facts.customer_id, owner_id, whose[due.key].unit_id)
        for owner_id, dues in owed_by.items()
        for due in planned_evenly(dues, house.calendar, load[owner_id], today)
    ]


async def _open(on: On, new: Sequence[_New]) -> int:
    book, now = on.actor.house.rule_book, on.actor.house.now()
    rows: list[tuple[object, ...]] = []
    events: list[tuple[object, ...]] = []
    for one in new:
        id, due = new_id(), one.due
        what = (book.code, book.version, due.article, due.kind.value)
        whom = (one.customer_id, one.owner_id, one.unit_id, due.tier)
        rows.append((id, due.key, *what, *whom, due.opens_on, due.plan_on, due.due_on))
        events.append((id, now, EventKind.OPENED.value, one.owner_id, None, due.plan_on))
    await on.connection.copy_records_to_table("obligation", records=rows, columns=COLUMNS)
    await _remember(on, events)
    return len(rows)


async def _known_keys(connection: asyncpg.Connection, today: date) -> set[str]:
    rows = await connection.fetch("select key from obligation where due_on >= $1", today)
    return {row["key"] for row in rows}


async def _remember(on: On, events: Sequence[tuple[object, ...]]) -> None:
    await on.connection.copy_records_to_table(
        "obligation_event", records=events, columns=EVENT_COLUMNS
    )
