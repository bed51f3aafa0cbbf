"""What staff did with a customer."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from authz.action import Action
from domain.activity import ActivityKind, ActivityOutcome
from reading.noun import Place
from reading.source import Many, Order
from schema import page
from schema.declare import (
    aggregate,
    column,
    many,
    name_enum,
    names,
    part,
    read_from,
    sealed,
    shown,
    to_one,
)
from schema.node import Node
from schema.page import PageInfo
from schema.protected import Protected
from schema.staff import Staff
from schema.unit import Unit

if TYPE_CHECKING:
    from schema.customer import Customer
    from schema.obligation import Obligation


name_enum(
    ActivityKind,
    "What was done.",
    {
        "CALL": "A call.",
        "VISIT": "A visit.",
        "MESSAGE": "A text message.",
        "CARD": "A card.",
        "GIFT": "A gift.",
        "EVENT": "A customer event.",
    },
)
name_enum(
    ActivityOutcome,
    "How an activity came out.",
    {
        "REACHED": "The customer was reached.",
        "UNREACHED": "Nobody was reached.",
        "RESCHEDULED": "Put off at the customer's wish.",
        "DECLINED": "The customer declined.",
        "INVALID": "The number or address is wrong.",
    },
)


@read_from(
    "activity",
    (Action.CUSTOMER_READ, Place(customer="{t}.customer_id")),
    customer="{t}.customer_id",
)
class Activity(Node):
    """A call, visit, message, card, gift or event: the evidence that settles obligations."""

    kind: ActivityKind = column("kind", "What was done.")
    outcome: ActivityOutcome = column("outcome", "How it came out.")
    happened_on: date = column("happened_on", "The day.")
    staff: Staff = names("staff_id", "Who did it.")
    with_staff: Staff | None = names("with_staff_id", "Who went along.")
    unit: Unit = names("unit_id", "The unit of who did it.")
    note: Protected = sealed("activity_note", "What was said.", column="note_sealed")
    next_on: date | None = column("next_on", "The day agreed on for the next contact.")
    noted_at: datetime = column("noted_at", "When it was noted here.")
    customer: Annotated["Customer", strawberry.lazy("schema.customer")] = to_one(
        "customer_id", "With whom."
    )
    settled: list[Annotated["Obligation", strawberry.lazy("schema.obligation")]] = many(
        Many(
            link="{t}.settled_by_id = {p}.id",
            orders={None: Order("{t}.id", "uuid", is_unique=True)},
            is_same_customer=True,
        ),
        "The obligations that it settled.",
    )


@shown
class ActivityEdge:
    """An activity in a list."""

    cursor: str = part("cursor", page.CURSOR)
    node: Activity = part("node", page.NODE)


@shown
class ActivityConnection:
    """A page of activities."""

    edges: list[ActivityEdge] = part("edges", page.EDGES)
    nodes: list[Activity] = part("nodes", page.NODES)
    page_info: PageInfo = part("pageInfo", page.PAGE_INFO)
    total: int = aggregate("count(*)", page.TOTAL)
