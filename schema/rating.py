"""Ratings, their runs, and why a customer has a tier."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from authz.action import Action
from domain.rating import Outcome, OutOfRange
from reading.noun import Place
from schema import page
from schema.declare import (
    aggregate,
    amount,
    column,
    computed,
    filtering,
    identity,
    name_enum,
    names,
    part,
    read_from,
    shown,
    to_one,
    where,
)
from schema.page import PageInfo
from schema.protected import ProtectedAmount
from schema.rating_explanation import RatingExplanation, explained
from schema.rule_book import Tier, tier_of
from schema.unit import BELOW, Unit, unit_id

if TYPE_CHECKING:
    from schema.customer import Customer

name_enum(
    Outcome,
    "What one rating made of a customer.",
    {
        "ENTERED": "Held no tier, has one now.",
        "RISEN": "Moved to a higher tier.",
        "KEPT": "Kept the tier.",
        "FALLEN": "Moved to a lower tier.",
        "LEFT": "Lost the tier.",
        "OUTSIDE": "Held none and has none.",
    },
    name="RatingOutcome",
)
name_enum(
    OutOfRange,
    "On which side of the tier held the newest quarters lie.",
    {"IN": "Within its bars.", "BELOW": "Below its bar.", "ABOVE": "At or above the next bar."},
)


@read_from(
    "(select r.*, n.period, n.days, n.rule_book, n.rule_book_version, n.superseded_by_id"
    " from rating r join rating_run n on n.id = r.run_id)",
    (Action.RATING_READ, Place(customer="{t}.customer_id")),
    (Action.CUSTOMER_READ, Place(customer="{t}.customer_id")),
    customer="{t}.customer_id",
)
class Rating:
    """One quarter's rating of one customer."""

    id: strawberry.ID = identity("{t}.run_id", "{t}.customer_id", description="Global id; opaque.")
    period: str = column("period", "The quarter, like 2026Q2.")
    customer: Annotated["Customer", strawberry.lazy("schema.customer")] = to_one(
        "customer_id", "Whose rating."
    )
    tier: Tier = computed(tier_of, "tier", description="The tier after it.", has_few_values=True)
    previous_tier: Tier = computed(
        tier_of, "previous_tier", description="The tier before it.", has_few_values=True
    )
    outcome: Outcome = column("outcome", "What it made of the customer.")
    out_of_range: OutOfRange = column("out_of_range", "On which side of the tier the average lies.")
    quarters_out_of_range: int = column("quarters_out_of_range", "For how many quarters in a row.")
    average: ProtectedAmount = amount(
        "{t}.balance_days_fen / {t}.days", "Daily average of the quarter, rounded down."
    )
    days: int = column("days", "Days of the quarter.")
    rule_book: str = column("rule_book", "Code of the rule book.")
    rule_book_version: int = column("rule_book_version", "Its version.")
    home_unit: Unit | None = names("home_unit_id", "The home outlet.")
    proposed_home_unit: Unit | None = names(
        "proposed_home_unit_id", "The home outlet proposed by the largest stock, to be verified."
    )
    explanation: RatingExplanation = computed(
        explained,
        "tier",
        "previous_tier",
        "outcome",
        "out_of_range",
        "quarters_out_of_range",
        "balance_days_fen",
        "days",
        guarded="amounts",
        description="Why this tier.",
    )


@shown
class RatingEdge:
    """A rating in a list."""

    cursor: str = part("cursor", page.CURSOR)
    node: Rating = part("node", page.NODE)


@shown
class RatingConnection:
    """A page of ratings."""

    edges: list[RatingEdge] = part("edges", page.EDGES)
    nodes: list[Rating] = part("nodes", page.NODES)
    page_info: PageInfo = part("pageInfo", page.PAGE_INFO)
    total: int = aggregate("count(*)", page.TOTAL)


@filtering
class RatingFilter:
    """Which ratings; all that is given must hold."""

    outcome: list[Outcome] | None = where(
        "{t}.outcome = any({v}::text[])", "What the rating made of the customer."
    )
    from_tier: str | None = where("{t}.previous_tier = {v}", "Code of the tier before.")
    to_tier: str | None = where("{t}.tier = {v}", "Code of the tier after.")
    unit: strawberry.ID | None = where(
        f"{{t}}.home_unit_id in ({BELOW})",
        "Home outlet: that unit and all below it.",
        value=unit_id,
    )
    out_of_range: list[OutOfRange] | None = where(
        "{t}.out_of_range = any({v}::text[])", "Side of the tier."
    )
    home_change_proposed: bool | None = where(
        "{t}.proposed_home_unit_id is not null",
        "Whether another home outlet is proposed.",
        otherwise="{t}.proposed_home_unit_id is null",
    )
