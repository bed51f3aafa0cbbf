"""Assign customers to managers: one by hand, or all who have none by the outlets' load."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from authz.action import Action
from domain.assignment import (
    cap_reached,
    ensure_below_cap,
    least_busy,
    roles_that_manage,
    tiers_capped,
)
from domain.errors import RuleBroken
from domain.identity import new_id
from domain.obligation_clock import EventKind
from gate.act import On, act
from gate.actor import Actor
from rating.turn import take_many_customers
from store.customer import AssignmentRecord, CustomerRecord
from store.staff import StaffRecord

BY_LOAD = "home outlet, by load"
_CANDIDATES = """
    select p.unit_id, s.id, s.staff_no from staff s join staff_post p on p.staff_id = s.id
    where s.is_active and p.role = $1 and p.from_on <= $2
      and (p.until_on is null or p.until_on > $2)
"""


@dataclass(frozen=True, slots=True)
class Managing:
    """Who manages at an outlet: staff number and id of each, all of one role."""

    role: str
    people: Sequence[tuple[str, UUID]]


async def assign_customer(
    actor: Actor, customer_id: UUID, *, manager_id: UUID, reason: str
) -> None:
    """Give a customer another manager; open obligations go along, clocks and history stay.

    Raises:
        RuleBroken: They are not of the home outlet, have as many as they may, or no reason is said.
    """
    async with act(actor, Action.CUSTOMER_ASSIGN) as on:
        locked = CustomerRecord.select_for_update(of=("customer",), no_key=True)
        found = await locked.get_or_none(id=customer_id).select_related("home_unit")
        customer = on(found)
        if not reason.strip():
            raise RuleBroken(
                "REASON_REQUIRED", "Say why, in a few words.", ("input", "reason"), {"min": 1}
            )
        if manager_id == customer.manager_id:
            raise RuleBroken(
                "MANAGER_UNCHANGED",
                "They look after this customer already. Choose somebody else.",
                ("input", "managerId"),
            )
        await _ensure_may_manage(on, customer, manager_id)
        today = actor.house.today()
        present = AssignmentRecord.filter(customer_id=customer_id, duty="manager", until_on=None)
        await present.update(until_on=today)
        await _assign_all(on, [(customer.id, manager_id)], reason.strip())
        on.details["manager"] = manager_id


async def assign_unmanaged(actor: Actor) -> int:
    """Give every rated customer without a manager one of the home outlet, by load; return how many.

    Where the outlet has nobody in the first role, its stand-ins are taken (第八条); where it has
    none of these either, or all have as many as they may (第十一条(三)), the customer stays in the
    unassigned group.
    """
    async with act(actor, Action.CUSTOMER_ASSIGN) as on:
        on.everywhere()
        await take_many_customers(on.connection)
        book = actor.house.rule_book
        rows = await on.connection.fetch(
            "select id, customer_no, home_unit_id, tier from customer where manager_id is null "
            "and tier_rank > 0 and home_unit_id is not null order by id for no key update"
        )
        load = await _held(on)
        capped, of_capped = tiers_capped(book), await _held(on, tiers_capped(book))
        at_outlet = await _managing(on)
        assigned: list[tuple[UUID, UUID]] = []
        for row in sorted(rows, key=lambda row: str(row["customer_no"])):
            managing = at_outlet.get(row["home_unit_id"], Managing("", ()))
            free = [
                one
                for one in managing.people
                if not cap_reached(book, managing.role, row["tier"], of_capped[one[1]])
            ]
            chosen = least_busy(free, load)
            if chosen is not None:
                load[chosen] += 1
                of_capped[chosen] += row["tier"] in capped
                assigned.append((row["id"], chosen))
        await _assign_all(on, assigned, BY_LOAD)
        on.details["assigned"] = len(assigned)
        return len(assigned)


async def _held(on: On, tiers: Sequence[str] | None = None) -> Counter[UUID]:
    """Return how many customers each has; only those in *tiers*, if given."""
    rows = await on.connection.fetch(
        "select manager_id, count(*) from customer where manager_id is not null "
        "and ($1::text[] is null or tier = any($1)) group by manager_id",
        tiers,
    )
    return Counter({row[0]: row[1] for row in rows})


async def _managing(on: On) -> Mapping[UUID, Managing]:
    """Return by outlet who may be given customers: those in the first role that anybody has."""
    house = on.actor.house
    found: dict[UUID, Managing] = {}
    for role in roles_that_manage(house.rule_book):
        of_role: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
        for row in await on.connection.fetch(_CANDIDATES, role, house.today()):
            of_role[row["unit_id"]].append((row["staff_no"], row["id"]))
        for unit_id, people in of_role.items():
            found.setdefault(unit_id, Managing(role, people))
    return found


async def _ensure_may_manage(on: On, customer: CustomerRecord, manager_id: UUID) -> None:
    # Locked until the end, so that two who get their last customer at once are counted.
    await StaffRecord.select_for_update(no_key=True).get_or_none(id=manager_id)
    at_outlet = await _managing(on)
    managing = at_outlet.get(customer.home_unit_id) if customer.home_unit_id else None
    if managing is None or manager_id not in {id for _, id in managing.people}:
        raise RuleBroken(
            "MANAGER_ELSEWHERE",
            "A customer is looked after at the home outlet. Choose one of its managers.",
            ("input", "managerId"),
        )
    book = on.actor.house.rule_book
    present = (await _held(on, tiers_capped(book)))[manager_id]
    ensure_below_cap(book, managing.role, customer.tier, present)


async def _assign_all(on: On, assigned: Sequence[tuple[UUID, UUID]], because: str) -> None:
    """Give each customer their manager from today, and what they are owed along with them."""
    house, today = on.actor.house, on.actor.house.today()
    await on.connection.copy_records_to_table(
        "assignment",
        records=[(new_id(), c, s, "manager", today, because) for c, s in assigned],
        columns=("id", "customer_id", "staff_id", "duty", "from_on", "because"),
    )
    customers, staff = [c for c, _ in assigned], [s for _, s in assigned]
    pairs = "from unnest($1::uuid[], $2::uuid[]) as n(customer_id, staff_id)"
    await on.connection.execute(
        f"update customer c set manager_id = n.staff_id {pairs} where c.id = n.customer_id",
        customers,
        staff,
    )
    await on.connection.execute(
        f"with moved as (update obligation o set owner_id = n.staff_id {pairs} "
        "where o.customer_id = n.customer_id and o.state = 'open' "
        "returning o.id, o.owner_id) "
        "insert into obligation_event (obligation_id, happened_at, kind, staff_id, reason) "
        "select id, $3, $4, owner_id, $5 from moved",
        customers,
        staff,
        house.now(),
        EventKind.REASSIGNED.value,
        because,
    )
