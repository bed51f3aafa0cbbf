"""Rating runs: what one rating of all customers came to."""

from datetime import datetime

from authz.action import Action
from domain.rating import Outcome
from reading.noun import Place
from reading.source import Many, One, Order, Where
from schema import page
from schema.declare import argument, column, computed, many, one, read_from, shown
from schema.node import Node
from schema.page import AFTER
from schema.rating import RatingConnection, RatingFilter
from schema.rule_book import Tier, tier_of

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
class RatingRunQuery:
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
