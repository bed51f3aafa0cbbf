"""Note what was done with a customer."""

from datetime import date
from uuid import UUID

import strawberry

from domain.activity import ActivityKind, ActivityOutcome
from reading.node import read_node, read_nodes
from schema.activity import Activity
from schema.context import Info
from schema.ids import id_in
from schema.obligation import Obligation
from schema.problem import Problem, reports_problems
from services import activity


@strawberry.input(description="What was done with a customer on a day.")
class NoteActivityInput:
    """What was done with a customer on a day."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    kind: ActivityKind = strawberry.field(description="How the customer was approached.")
    outcome: ActivityOutcome = strawberry.field(description="What came of it.")
    happened_on: date = strawberry.field(description="The day; not in the future.")
    request_key: UUID = strawberry.field(
        description="Made by the page for each form: the same form sent twice is noted once."
    )
    note: str | None = strawberry.field(default=None, description="What was said; sealed.")
    next_on: date | None = strawberry.field(
        default=None, description="When to approach the customer again."
    )
    with_staff_id: strawberry.ID | None = strawberry.field(
        default=None, description="The colleague who came along on a visit."
    )


@strawberry.type(description="The activity, and what it settled.")
class NoteActivityPayload:
    """The activity, and what it settled."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    noted: strawberry.Private[activity.Noted | None] = None

    @strawberry.field(description="The activity as it was noted.")
    async def activity(self, info: Info) -> Activity | None:
        """Read the activity."""
        if self.noted is None:
            return None
        node: Activity | None = await read_node(info, "Activity", self.noted.activity_id)
        return node

    @strawberry.field(description="The obligations that it settled.")
    async def settled(self, info: Info) -> list[Obligation]:
        """Read the obligations."""
        ids = self.noted.settled if self.noted else ()
        nodes: list[Obligation] = await read_nodes(info, "Obligation", ids)
        return nodes


@strawberry.type
class ActivityMutation:
    """What can be done with activities."""

    @strawberry.mutation(
        description="Note what was done with a customer; obligations that it meets are settled."
    )
    @reports_problems(NoteActivityPayload)
    async def note_activity(self, info: Info, input: NoteActivityInput) -> NoteActivityPayload:
        """Note what was done with a customer."""
        noted = await activity.note_activity(
            info.context.signed_in(),
            id_in("Customer", input.customer_id),
            kind=input.kind,
            outcome=input.outcome,
            happened_on=input.happened_on,
            note=input.note or "",
            next_on=input.next_on,
            with_staff_id=id_in("Staff", input.with_staff_id) if input.with_staff_id else None,
            request_key=input.request_key,
        )
        return NoteActivityPayload(noted=noted, problems=[])
