"""What is owed to customers: the work queue."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from authz.action import Action
from domain.obligation import WEEK, ObligationKind, ObligationState, QueueGroup
from reading.noun import Place
from reading.source import Many, Order, Where
from schema import page
from schema.activity import Activity
from schema.declare import (
    aggregate,
    argument,
    attribute,
    column,
    computed,
    counted,
    filtering,
    many,
    name_enum,
    names,
    part,
    read_from,
    shown,
    to_one,
    where,
)
from schema.node import Node
from schema.page import AFTER, PageInfo
from schema.rule_book import Tier, tier_of
from schema.staff import Staff, staff_id
from schema.unit import BELOW, Unit, unit_id

if TYPE_CHECKING:
    from schema.customer import Customer


name_enum(
    ObligationState,
    "Where an obligation stands.",
    {
        "OPEN": "Still owed.",
        "SETTLED": "Met by an activity.",
        "MISSED": "Its window passed.",
        "VOID": "No longer owed.",
    },
)
name_enum(
    QueueGroup,
    "Where an obligation stands in the work queue today.",
    {
        "OVERDUE": "Its window's last day has passed.",
        "TODAY": "Planned for today or earlier.",
        "WEEK": "Planned for one of the next seven days.",
        "LATER": "Planned for after that.",
    },
)

GROUP = (
    "case when {t}.due_on < {today} then 'overdue' when {t}.plan_on <= {today} then 'today'"
    f" when {{t}}.plan_on <= {{today}} + {WEEK.days} then 'week' else 'later' end"
)
"""`domain.obligation.queue_group` in SQL."""


@read_from(
    "obligation",
    (Action.OBLIGATION_READ, Place(unit="{t}.unit_id", manager="{t}.owner_id")),
    (Action.CUSTOMER_READ, Place(customer="{t}.customer_id")),
    customer="{t}.customer_id",
)
class Obligation(Node):
    """What a rule book makes someone owe a customer, from when to when."""

    kind: ObligationKind = column("kind", "What is owed.")
    state: ObligationState = column("state", "Where it stands.")
    group: QueueGroup = column(GROUP, "Its place in the work queue as of today.")
    customer: Annotated["Customer", strawberry.lazy("schema.customer")] = to_one(
        "customer_id", "To whom."
    )
    owner: Staff | None = names("owner_id", "Who owes it; null: nobody is assigned yet.")
    unit: Unit = names("unit_id", "The unit that owes it.")
    tier: Tier = computed(
        tier_of, "tier", description="The customer's tier when it was opened.", has_few_values=True
    )
    rule_book: str = column("rule_book", "Code of the rule book that asks for it.")
    rule_book_version: int = column("rule_book_version", "That rule book's version.")
    article: str = column("article", "The article that asks for it.")
    opens_on: date = column("opens_on", "The window's first day.")
    plan_on: date = column("plan_on", "The day it is planned for.")
    due_on: date = column("due_on", "The window's last day.")
    postponed: int = column("postponed", "How often it was planned for another day.")
    settled_on: date | None = column("settled_on", "The day it was met.")
    settled_by: Activity | None = to_one("settled_by_id", "The activity that met it.")


@filtering
class ObligationFilter:
    """Which obligations; all that is given must hold. Open ones, unless `state` says otherwise."""

    kind: list[ObligationKind] | None = where("{t}.kind = any({v}::text[])", "What is owed.")
    owner: strawberry.ID | None = where("{t}.owner_id = {v}", "Who owes it.", value=staff_id)
    unit: strawberry.ID | None = where(
        f"{{t}}.unit_id in ({BELOW})", "That unit and all below it.", value=unit_id
    )
    unassigned: bool | None = where(
        "{t}.owner_id is null",
        "Whether nobody is assigned yet.",
        otherwise="{t}.owner_id is not null",
    )
    group: list[QueueGroup] | None = where(
        f"{GROUP} = any({{v}}::text[])", "Place in the work queue."
    )
    state: list[ObligationState] | None = where(
        "{t}.state in ({v})", "Where it stands; open if not given.", is_literal=True
    )
    tier: list[str] | None = where("{t}.tier = any({v}::text[])", "Codes of tiers.")


@shown
class QueueCount:
    """How many obligations a group of the work queue has."""

    group: QueueGroup = attribute(lambda row: row[0], "The group.")
    count: int = attribute(lambda row: row[1], "How many.")


@shown
class ObligationEdge:
    """An obligation in a list."""

    cursor: str = part("cursor", page.CURSOR)
    node: Obligation = part("node", page.NODE)


@shown
class ObligationConnection:
    """A page of obligations."""

    edges: list[ObligationEdge] = part("edges", page.EDGES)
    nodes: list[Obligation] = part("nodes", page.NODES)
    page_info: PageInfo = part("pageInfo", page.PAGE_INFO)
    total: int = aggregate("count(*)", page.TOTAL)
    counts: list[QueueCount] = counted(
        GROUP,
        "How many in each group of the queue, whichever groups are filtered for.",
        apart_from="group",
    )


OF_CUSTOMER = many(
    Many(
        orders={None: Order("{t}.due_on", "date", descending=True)},
        where={"state": Where("{t}.state in ({v})", is_literal=True)},
        is_same_customer=True,
    ),
    "What is and was owed, latest due first.",
    page.first(20),
    AFTER,
    argument("state", ObligationState | None, "Only those that stand so."),
)


@shown
class ObligationQuery:
    """Questions about obligations."""

    obligations: ObligationConnection = many(
        Many(
            orders={None: Order("{t}.plan_on", "date")},
            default_where={"filter.state": "{t}.state = 'open'"},
        ),
        "The work queue: what is owed within reach, by the day it is planned for.",
        page.first(50),
        AFTER,
        argument("filter", ObligationFilter | None, "Which obligations."),
    )
