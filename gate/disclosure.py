"""The gate for reads: what left the process, remembered before the first byte of it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Entry, Result, Shown, operation_code
from authz.action import Action
from gate.actor import Actor


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What one operation showed.

    Args:
        action: The read that policy allowed.
        operation: Name of the GraphQL operation.
        fields: Field of the registry -> (values shown in clear, values masked).
        customers: Whose values they are, each once.
        type: Type of the rows; those of the trail itself are not named one by one.
    """

    action: Action
    operation: str
    fields: Mapping[str, tuple[int, int]]
    customers: Sequence[UUID]
    type: str = "Customer"


async def disclose(actor: Actor, disclosure: Disclosure) -> None:
    """Have the trail remember *disclosure*; returns when that is durable.

    What shows nothing in clear may go on over the local spool while the trail is down.

    Raises:
        TrailUnavailable: Something would be shown in clear and the trail cannot take the entry.
    """
    staff, permissions = actor.staff, actor.permissions
    entry = Entry(
        at=actor.house.now(),
        action=disclosure.action.value,
        result=Result.DONE,
        staff_id=staff.id,
        staff_no=staff.staff_no,
        roles=staff.roles,
        unit=staff.posts[0].unit_path if staff.posts else "",
        session=actor.session,
        type=disclosure.type,
        rows=tuple(disclosure.customers),
        fields={name: Shown(*counts) for name, counts in disclosure.fields.items()},
        line=permissions.because(disclosure.action),
        policy=permissions.version,
        request=actor.request_id,
        operation=operation_code(disclosure.operation),
    )
    if any(clear for clear, _ in disclosure.fields.values()):
        await actor.house.trail.append(entry)
    else:
        await actor.house.trail.append_or_spool(entry)
