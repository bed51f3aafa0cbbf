"""Assign customers to managers: one by hand, or all who have none by the outlets' load."""

from collections import defaultdict
from uuid import UUID

from authz.action import Action
from domain.assignment import ensure_below_cap, least_busy, roles_that_manage, tiers_capped
from domain.errors import RuleBroken
from domain.identity import new_id
from domain.obligation_clock import EventKind
from gate.act import On, act
from gate.actor import Actor
from services.staff import staff_with_posts
from store.customer import AssignmentRecord, CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from store.staff import StaffRecord

_CANDIDATES = """
    select p.unit_id, s.id, s.staff_no from staff s join staff_post p on p.staff_id = s.id
    where s.is_active and p.role = $1 and p.from_on <= $2
      and (p.until_on is null or p.until_on > $2)
"""


async def assign_customer(
    actor: Actor, customer_id: UUID, *, manager_id: UUID, reason: str
) -> None:
    """Give a customer another manager; open obligations go along, clocks and history stay.

    Raises:
        RuleBroken: They are not of the home outlet, have as many as they may, or no reason is said.
    """
    async with act(actor, Action.CUSTOMER_ASSIGN) as on:
        locked = CustomerRecord.select_for_update(of=("customer",)).select_related("home_unit")
        customer = on(await locked.get_or_none(id=customer_id))
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
        await _move(on, customer.id, manager_id, reason.strip())
        on.details["manager"] = manager_id


async def assign_unmanaged(actor: Actor) -> int:
    """Give every rated customer without a manager one of the home outlet, by load; return how many.

    Where the outlet has nobody in the first role, its stand-ins are taken (第八条); where it has
    none of these either, the customer stays in the unassigned group.
    """
    async with act(actor, Action.CUSTOMER_ASSIGN) as on:
        on.everywhere()
        customers = await on.connection.fetch(
            "select id, home_unit_id from customer where manager_id is null and tier_rank > 0 "
            "and home_unit_id is not null order by customer_no for update"
        )
        rows = await on.connection.fetch(
            "select manager_id, count(*) as held from customer "
            "where manager_id is not null group by manager_id"
        )
        load: dict[UUID, int] = defaultdict(int, {row[0]: row[1] for row in rows})
        candidates = await _candidates(on)
        assigned: list[tuple[UUID, UUID]] = []
        for customer in customers:
            chosen = least_busy(candidates.get(customer["home_unit_id"], []), load)
            if chosen is not None:
                load[chosen] += 1
                assigned.append((customer["id"], chosen))
        await _assign_all(on, assigned)
        on.details["assigned"] = len(assigned)
        return len(assigned)


async def _candidates(on: On) -> dict[UUID, list[tuple[str, UUID]]]:
    """Return by outlet who may be given customers: the first role there that anybody has."""
    house = on.actor.house
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for role in roles_that_manage(house.rule_book):
        of_role: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
        for row in await on.connection.fetch(_CANDIDATES, role, house.today()):
            of_role[row["unit_id"]].append((row["staff_no"], row["id"]))
        for unit_id, people in of_role.items():
            found.setdefault(unit_id, people)
    return found


async def _assign_all(on: On, assigned: list[tuple[UUID, UUID]]) -> None:
    today = on.actor.house.today()
    await on.connection.copy_records_to_table(
        "assignment",
        records=[(new_id(), c, s, "manager", today, "home outlet, by load") for c, s in assigned],
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
        f"update obligation o set owner_id = n.staff_id {pairs} "
        "where o.customer_id = n.customer_id and o.state = 'open' and o.owner_id is null",
        customers,
        staff,
    )


async def _ensure_may_manage(on: On, customer: CustomerRecord, manager_id: UUID) -> None:
    house = on.actor.house
    record = await StaffRecord.get_or_none(id=manager_id, is_active=True)
    staff = await staff_with_posts(house, record) if record else None
    managing = roles_that_manage(house.rule_book)
    roles = [
        post.role.value
        for post in (staff.posts if staff else ())
        if post.role.value in managing and post.unit_path == customer.unit_path
    ]
    if not roles:
        raise RuleBroken(
            "MANAGER_ELSEWHERE",
            "A customer is looked after at the home outlet. Choose one of its managers.",
            ("input", "managerId"),
        )
    present = await CustomerRecord.filter(
        manager_id=manager_id, tier__in=tiers_capped(house.rule_book)
    ).count()
    ensure_below_cap(house.rule_book, roles[0], customer.tier, present)


async def _move(on: On, customer_id: UUID, manager_id: UUID, reason: str) -> None:
    house, today = on.actor.house, on.actor.house.today()
    present = AssignmentRecord.filter(customer_id=customer_id, duty="manager", until_on=None)
    await present.update(until_on=today)
    await AssignmentRecord.create(
        id=new_id(),
        customer_id=customer_id,
        staff_id=manager_id,
        duty="manager",
        from_on=today,
        because=reason,
    )
    await CustomerRecord.filter(id=customer_id).update(manager_id=manager_id)
    for obligation in await ObligationRecord.filter(customer_id=customer_id, state="open"):
        await ObligationRecord.filter(id=obligation.id).update(owner_id=manager_id)
        await ObligationEventRecord.create(
            obligation_id=obligation.id,
            happened_at=house.now(),
            kind=EventKind.REASSIGNED.value,
            staff_id=manager_id,
            reason=reason,
        )
