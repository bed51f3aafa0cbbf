"""Whatever befalls an obligation, replaying its events gives the state that it is in."""

from datetime import date

from domain.obligation import ObligationState
from domain.obligation_clock import Clock, EventKind, ObligationEvent, clock_at
from gate.actor import console
from services.assignment import assign_customer, assign_unmanaged
from services.obligation import postpone_obligation
from store.customer import CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from tests.bureau import Bureau


def _event(record: ObligationEventRecord) -> ObligationEvent:
    return ObligationEvent(
        EventKind(record.kind),
        record.happened_at,
        record.staff_id,
        record.reason,
        record.plan_on,
        record.settled_on,
        record.activity_id,
    )


async def _replayed(obligation: ObligationRecord) -> Clock | None:
    records = await ObligationEventRecord.filter(obligation_id=obligation.id).order_by("id")
    return clock_at(map(_event, records))


async def test_replaying_the_events_of_an_obligation_gives_its_state(bureau: Bureau) -> None:
    settled, moved, left = [await bureau.customer(tier="vip") for _ in range(3)]
    await bureau.customer(tier="vip", manager=None)
    await bureau.round()
    await bureau.note("manager1", settled)
    await _move(bureau, moved)
    await CustomerRecord.filter(id=left.id).update(tier="none", tier_rank=0)
    await bureau.round()
    await assign_unmanaged(console(bureau.house))
    bureau.clock.go_to(date(2027, 2, 1))
    await bureau.round()

    obligations = await ObligationRecord.all()
    for one in obligations:
        assert await _replayed(one) == Clock(
            ObligationState(one.state),
            one.plan_on,
            one.owner_id,
            one.postponed,
            one.settled_on,
            one.settled_by_id,
        )
    assert {one.state for one in obligations} == {"open", "settled", "missed", "void"}


async def _move(bureau: Bureau, customer: CustomerRecord) -> None:
    head = await bureau.actor("head1")
    (obligation,) = await ObligationRecord.filter(customer_id=customer.id)
    day = date(2026, 11, 30) if obligation.plan_on != date(2026, 11, 30) else date(2026, 12, 1)
    await postpone_obligation(head, obligation.id, plan_on=day, reason="客户出差")
    await assign_customer(
        head, customer.id, manager_id=bureau.staff["manager2"], reason="路近，方便上门"
    )
