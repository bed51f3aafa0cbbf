"""Plan an obligation for another day."""

from datetime import date
from uuid import UUID

import strawberry

from reading.node import read_node
from schema.context import Info
from schema.ids import id_in
from schema.obligation import Obligation
from schema.problem import Problem, reports_problems
from services import obligation


@strawberry.input(description="Another day for an obligation, within its window.")
class PostponeObligationInput:
    """Another day for an obligation, within its window."""

    obligation_id: strawberry.ID = strawberry.field(description="The obligation.")
    plan_on: date = strawberry.field(description="The day to plan it for.")
    reason: str = strawberry.field(description="Why; it is kept and counted.")


@strawberry.type(description="The obligation as it is planned now.")
class PostponeObligationPayload:
    """The obligation as it is planned now."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    obligation_id: strawberry.Private[UUID | None] = None

    @strawberry.field(description="The obligation as it is planned now.")
    async def obligation(self, info: Info) -> Obligation | None:
        """Read the obligation."""
        if self.obligation_id is None:
            return None
        node: Obligation | None = await read_node(info, "Obligation", self.obligation_id)
        return node


@strawberry.type
class ObligationMutation:
    """What can be done with obligations."""

    @strawberry.mutation(description="Plan an obligation for another day of its window.")
    @reports_problems(PostponeObligationPayload)
    async def postpone_obligation(
        self, info: Info, input: PostponeObligationInput
    ) -> PostponeObligationPayload:
        """Plan an obligation for another day of its window."""
        obligation_id = id_in("Obligation", input.obligation_id)
        await obligation.postpone_obligation(
            info.context.signed_in(), obligation_id, plan_on=input.plan_on, reason=input.reason
        )
        return PostponeObligationPayload(obligation_id=obligation_id, problems=[])
