"""Rate a quarter."""

from uuid import UUID

import strawberry

from reading.node import read_node
from schema.context import Info
from schema.problem import Problem, reports_problems
from schema.rating_run import RatingRun
from services import rating


@strawberry.input(description="The quarter to rate.")
class RateQuarterInput:
    """The quarter to rate."""

    period: str = strawberry.field(description="Like 2026Q3; its delivery must be complete.")


@strawberry.type(description="The rating run.")
class RateQuarterPayload:
    """The rating run."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    run_id: strawberry.Private[UUID | None] = None

    @strawberry.field(description="The run in force for that quarter.")
    async def run(self, info: Info) -> RatingRun | None:
        """Read the run."""
        if self.run_id is None:
            return None
        node: RatingRun | None = await read_node(info, "RatingRun", self.run_id)
        return node


@strawberry.type
class RatingMutation:
    """What can be done with ratings."""

    @strawberry.mutation(description="Rate a delivered quarter; the same figures change nothing.")
    @reports_problems(RateQuarterPayload)
    async def rate_quarter(self, info: Info, input: RateQuarterInput) -> RateQuarterPayload:
        """Rate a delivered quarter."""
        run = await rating.rate_quarter(info.context.signed_in(), input.period)
        return RateQuarterPayload(run_id=run.id, problems=[])
