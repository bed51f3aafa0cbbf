"""The roots composed from the nouns, and the one schema."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from reading.source import ById
from schema.customer import CustomerQuery
from schema.declare import argument, given, planned, shown
from schema.delivery import DeliveryQuery
from schema.node import Node
from schema.obligation import ObligationQuery
from schema.rating import RatingQuery
from schema.rule_book import RuleBookQuery
from schema.scalars import SCALARS
from schema.staff import StaffQuery
from schema.unit import UnitQuery
from schema.week import WeekQuery


def now(run: Any) -> datetime:
    """Return the present instant, by the server's clock."""
    return run.now


@shown
class Query(
    CustomerQuery,
    ObligationQuery,
    WeekQuery,
    UnitQuery,
    StaffQuery,
    RatingQuery,
    DeliveryQuery,
    RuleBookQuery,
):
    """Everything that can be asked."""

    node: Node | None = planned(
        ById(),
        "The object with a global id; null: no such object within reach.",
        [argument("id", strawberry.ID, "Global id.")],
    )
    server_now: datetime = given(now, "The present instant by the server's clock.")


schema = strawberry.Schema(query=Query, config=StrawberryConfig(scalar_map=SCALARS))
