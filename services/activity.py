"""Note what was done with a customer; it settles what the rule book accepts it for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from authz.action import Action
from domain.activity import Activity, ActivityKind, ActivityOutcome, ensure_notable
from domain.errors import NotFound, RuleBroken
from domain.identity import new_id
from domain.obligation import ObligationState
from domain.obligation_clock import EventKind
from domain.settlement import Contact, obligations_settled
from domain.staff import Staff
from gate.act import On, act
from gate.actor import Actor
from services.sealing import key_of
from services.staff import staff_with_posts
from store.activity import ActivityRecord
from store.customer import CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from store.staff import StaffRecord
from vault.registry import ACTIVITY_NOTE


@dataclass(frozen=True, slots=True)
class Noted:
    """An activity, and the obligations that it settled."""

    activity_id: UUID
    settled: Sequence[UUID]


async def note_activity(
    actor: Actor,
    customer_id: UUID,
    *,
    kind: ActivityKind,
    outcome: ActivityOutcome,
    happened_on: date,
    note: str,
    next_on: date | None,
    with_staff_id: UUID | None,
    request_key: UUID,
) -> Noted:
    """Note an activity and settle what it settles; the same *request_key* again changes nothing.

    Raises:
        RuleBroken: It cannot be noted as it stands (see `ensure_notable`).
    """
    async with act(actor, Action.ACTIVITY_NOTE) as on:
        # Locked first, as whoever changes what hangs on a customer does: a form that is sent twice
        # at once waits here for itself, and nobody waits in a circle.
        locked = CustomerRecord.select_for_update(of=("customer",), no_key=True)
        found = await locked.get_or_none(id=customer_id).select_related("home_unit")
        customer = on(found)
        earlier = await ActivityRecord.get_or_none(request_key=request_key)
        if earlier is not None:
            noted = await _noted_before(actor, earlier, customer_id)
            on.details |= {"activity": noted.activity_id, "again": True}
            return noted
        activity = Activity(
            kind, outcome, happened_on, _own_id(actor), note.strip(), next_on, with_staff_id
        )
        ensure_notable(activity, actor.house.today())
        companion = await _companion(with_staff_id)
        record = await _save(on, activity, customer, request_key)
        settled = await _settle(on, record, customer.unit_path, companion)
        on.details |= {"activity": record.id, "settled": len(settled)}
        return Noted(record.id, settled)


def _own_id(actor: Actor) -> UUID:
    if actor.staff.id is None:
        raise NotFound
    return actor.staff.id


async def _noted_before(actor: Actor, earlier: ActivityRecord, customer_id: UUID) -> Noted:
    if earlier.staff_id != actor.staff.id or earlier.customer_id != customer_id:
        raise RuleBroken(
            "REQUEST_KEY_TAKEN",
            "This form was sent before for something else. Load the page anew and try again.",
            ("input", "requestKey"),
        )
    rows = await ObligationRecord.filter(settled_by_id=earlier.id)
    return Noted(earlier.id, [row.id for row in rows])


async def _companion(with_staff_id: UUID | None) -> StaffRecord | None:
    if with_staff_id is None:
        return None
    companion = await StaffRecord.get_or_none(id=with_staff_id, is_active=True)
    if companion is None:
        raise RuleBroken(
            "COMPANION_UNKNOWN",
            "That colleague does not work here now. Choose another.",
            ("input", "withStaffId"),
        )
    return companion


async def _save(
    on: On, activity: Activity, customer: CustomerRecord, request_key: UUID
) -> ActivityRecord:
    house = on.actor.house
    own = await StaffRecord.get(id=activity.staff_id)
    activity_id, note_sealed = new_id(), None
    if activity.note:
        key = await key_of(house, on.connection, customer.id)
        note_sealed = house.vault.seal(ACTIVITY_NOTE, activity_id, key, activity.note)
    return await ActivityRecord.create(
        id=activity_id,
        customer_id=customer.id,
        staff_id=activity.staff_id,
        unit_id=customer.home_unit_id or own.unit_id,
        kind=activity.kind.value,
        outcome=activity.outcome.value,
        happened_on=activity.happened_on,
        note_sealed=note_sealed,
        next_on=activity.next_on,
        with_staff_id=activity.with_staff_id,
        request_key=request_key,
        noted_at=house.now(),
    )


async def _settle(
    on: On, activity: ActivityRecord, outlet_path: str, companion: StaffRecord | None
) -> list[UUID]:
    house = on.actor.house
    participants = [_roles_at(outlet_path, on.actor.staff)]
    if companion is not None:
        participants.append(_roles_at(outlet_path, await staff_with_posts(house, companion)))
    contact = Contact(activity.kind, activity.outcome, activity.happened_on, tuple(participants))
    open_ones = (
        await ObligationRecord.filter(
            customer_id=activity.customer_id, state=ObligationState.OPEN.value
        )
        .order_by("id")
        .select_for_update(no_key=True)
    )
    settled = obligations_settled(contact, open_ones, house.rule_book)
    for obligation in settled:
        obligation.state = ObligationState.SETTLED.value
        obligation.settled_by_id = activity.id
        obligation.settled_on = activity.happened_on
        await obligation.save(update_fields=["state", "settled_by_id", "settled_on"])
        await ObligationEventRecord.create(
            obligation_id=obligation.id,
            happened_at=house.now(),
            kind=EventKind.SETTLED.value,
            staff_id=on.actor.staff.id,
            activity_id=activity.id,
            settled_on=activity.happened_on,
        )
    return [obligation.id for obligation in settled]


def _roles_at(outlet_path: str, staff: Staff) -> frozenset[str]:
    """Return the roles that *staff* holds for that outlet: there, or at a unit above it."""
    return frozenset(
        post.role.value for post in staff.posts if outlet_path.startswith(post.unit_path)
    )
