"""Ratings, their runs, and why a customer has a tier."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from authz.action import Action
from domain.rating import Explanation, Outcome, OutOfRange, Rated, Reason, Standing, explain
from domain.tier import Tier as DomainTier
from reading.noun import Place
from reading.source import Many, One, Order, Where
from schema import page
from schema.declare import (
    aggregate,
    amount,
    argument,
    attribute,
    column,
    computed,
    filtering,
    identity,
    many,
    name_enum,
    names,
    one,
    part,
    read_from,
    shown,
    to_one,
    where,
)
from schema.node import Node
from schema.page import AFTER, PageInfo
from schema.protected import ProtectedAmount
from schema.rule_book import Tier, tier_of
from schema.scalars import Fen
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


class Why:
    """An explanation as one reader may see it: missing amounts would tell the average itself."""

    def __init__(self, why: Explanation, run: Any, is_clear: bool) -> None:
        self.why = why
        self.missing_to_stay_fen = why.missing_to_stay_fen if is_clear else None
        self.missing_to_rise_fen = why.missing_to_rise_fen if is_clear else None
        self.next_tier: DomainTier | None = tier_of(run, why.next_tier) if why.next_tier else None


@shown
class RatingExplanation:
    """Why this tier: codes and figures; the pages make the sentence."""

    code: str = attribute(
        lambda w: w.why.code.value,
        "ENTERED, LEFT, RISEN, FALLEN, IN_RANGE, ONE_QUARTER_BELOW, ONE_QUARTER_ABOVE, OUTSIDE.",
    )
    article: str = attribute(lambda w: w.why.article, "The article on rating.")
    minimum_fen: Fen | None = attribute(
        lambda w: w.why.minimum_fen, "Lower bar of the tier held before."
    )
    maximum_fen: Fen | None = attribute(
        lambda w: w.why.maximum_fen, "The bar from which on that tier ends."
    )
    missing_to_stay_fen: Fen | None = attribute(
        lambda w: w.missing_to_stay_fen,
        "How much more daily average keeps the tier held before; null when it is kept, or masked.",
    )
    missing_to_rise_fen: Fen | None = attribute(
        lambda w: w.missing_to_rise_fen,
        "How much more daily average reaches the next tier; null at the top, or masked.",
    )
    next_tier: Tier | None = attribute(lambda w: w.next_tier, "The next tier; null at the top.")


_REASON = {
    Outcome.ENTERED: Reason.ENTERED,
    Outcome.RISEN: Reason.RISEN,
    Outcome.FALLEN: Reason.FALLEN,
    Outcome.LEFT: Reason.LEFT,
    Outcome.OUTSIDE: Reason.OUTSIDE,
}
_WAITING = {
    OutOfRange.IN: Reason.IN_RANGE,
    OutOfRange.BELOW: Reason.ONE_QUARTER_BELOW,
    OutOfRange.ABOVE: Reason.ONE_QUARTER_ABOVE,
}


def explained(
    run: Any,
    tier: str,
    previous: str,
    outcome: str,
    side: str,
    quarters: int,
    balance_days_fen: int,
    days: int,
    is_clear: bool,
) -> Why:
    """Return why a rating came out as it did, by the rule book in force."""
    came_out, lies = Outcome(outcome), OutOfRange(side)
    reason = _REASON.get(came_out) or _WAITING[lies]
    rated = Rated(Standing(tier, quarters, lies), previous, came_out, reason)
    book = run.rule_book
    return Why(
        explain(rated, balance_days_fen, days, book.tiers, book.rating.article), run, is_clear
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


_WITHIN = (
    (Action.RATING_READ, Place(path="u.path", manager="c.manager_id")),
    (Action.CUSTOMER_READ, Place(path="u.path", manager="c.manager_id")),
)
_OF_RUN = (
    "from rating r join customer c on c.id = r.customer_id"
    " left join unit u on u.id = c.home_unit_id where r.run_id = {p}.id and {reach}"
)


@read_from(
    f"(select r.outcome, count(*) as count {_OF_RUN} group by r.outcome)", *_WITHIN, inside=True
)
class OutcomeCount:
    """How many customers within reach had one outcome."""

    outcome: Outcome = column("outcome", "The outcome.")
    count: int = column("count", "How many.")


@read_from(
    "(select r.previous_tier, r.previous_rank, r.tier, r.tier_rank, count(*) as count"
    f" {_OF_RUN} group by 1, 2, 3, 4)",
    *_WITHIN,
    inside=True,
)
class TierFlow:
    """How many customers within reach went from one tier to another, or stayed."""

    from_tier: Tier = computed(
        tier_of, "previous_tier", description="The tier before.", has_few_values=True
    )
    to_tier: Tier = computed(tier_of, "tier", description="The tier after.", has_few_values=True)
    count: int = column("count", "How many.")


@read_from("rating_run", (Action.RATING_READ, Place()))
class RatingRun(Node):
    """One rating of all customers for one quarter."""

    period: str = column("period", "The quarter, like 2026Q2.")
    rule_book: str = column("rule_book", "Code of the rule book.")
    rule_book_version: int = column("rule_book_version", "Its version.")
    rule_book_sha256: str = column(
        "encode({t}.rule_book_sha256, 'hex')", "Of the rule book's file, hexadecimal."
    )
    inputs_sha256: str = column(
        "encode({t}.inputs_sha256, 'hex')", "Of all that it was computed from, hexadecimal."
    )
    rated_at: datetime = column("rated_at", "When it was computed.")
    rated_by: str = column("rated_by", "Number of the staff who had it computed.")
    days: int = column("days", "Days of the quarter.")
    is_in_force: bool = column(
        "{t}.superseded_by_id is null", "Whether no later run restates the quarter."
    )
    counts: list[OutcomeCount] = many(
        Many(orders={None: Order("{t}.outcome", "text", is_unique=True)}),
        "Customers within reach by outcome.",
    )
    flows: list[TierFlow] = many(
        Many(orders={None: Order("({t}.previous_rank, {t}.tier_rank)", "record", is_unique=True)}),
        "Customers within reach by the tiers before and after.",
    )
    ratings: RatingConnection = many(
        Many(
            link="{t}.run_id = {p}.id",
            orders={None: Order("{t}.customer_id", "uuid", is_unique=True)},
        ),
        "The ratings within reach.",
        page.first(50),
        AFTER,
        argument("filter", RatingFilter | None, "Which ratings."),
    )


@shown
class RatingQuery:
    """Questions about ratings."""

    rating_runs: list[RatingRun] = many(
        Many(
            orders={None: Order("{t}.period", "text", descending=True)},
            default_where={"": "{t}.superseded_by_id is null"},
        ),
        "The runs in force, newest quarter first.",
    )
    rating_run: RatingRun | None = one(
        One({"period": Where("{t}.period = {v}")}, "{t}.superseded_by_id is null"),
        "The run in force for a quarter.",
        argument("period", str, "The quarter, like 2026Q2."),
    )
