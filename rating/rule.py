"""The rating rule over all customers at once: one expression, for whichever engine runs it.

It is `domain.rating.rate` and `domain.home_outlet.home_outlet` said in columns; a property test
holds them together. Whole fen times days throughout: nothing is divided.

Source: postal-high-end 第五条, 第六条, 第九条.
"""

from typing import TYPE_CHECKING, Any

from domain.rating import Outcome, OutOfRange
from domain.tier import Tiers

if TYPE_CHECKING:
    from ibis.expr.types import IntegerValue, StringValue, Table


def stocks_table() -> "Table":
    """Return the input of what customers hold: a row for each customer and outlet."""
    import ibis

    columns = {"customer_id": "string", "unit_code": "string"}
    sums = {"stock_fen": "int64", "balance_days_fen": "int64"}
    return ibis.table(columns | sums, name="stocks")


def before_table() -> "Table":
    """Return the input of where customers stood: a row for each customer who is to be rated."""
    import ibis

    return ibis.table(
        {
            "customer_id": "string",
            "customer_no": "string",
            "held_rank": "int16",
            "quarters": "int16",
            "direction": "string",
            "home": "string",
        },
        name="before",
    )


def rated(tiers: Tiers, days: int, quarters_to_move: int) -> "Table":
    """Return the rating of every row of ``before``.

    Returns:
        customer_id, customer_no, balance_days_fen, tier_rank, previous_rank, outcome,
        out_of_range, quarters_out_of_range, home, proposed.
    """
    import ibis

    stocks, before = stocks_table(), before_table()
    sums = stocks.group_by("customer_id").agg(balance_days_fen=stocks.balance_days_fen.sum())
    held = before.left_join(sums, "customer_id").select(
        before, balance_days_fen=sums.balance_days_fen.coalesce(0).cast("int64")
    )
    largest = _largest(stocks, before)
    held = held.left_join(largest, "customer_id").select(held, largest.largest)
    held = held.mutate(reached=_rank_reached(held.balance_days_fen, tiers, days))
    held = held.mutate(side=_side(held.held_rank, held.reached))
    run = ibis.ifelse(held.side == held.direction, held.quarters + 1, 1)
    held = held.mutate(run=ibis.ifelse(held.side == OutOfRange.IN.value, 0, run))
    waits = (held.side != OutOfRange.IN.value) & (held.run < quarters_to_move)
    return held.select(
        "customer_id",
        "customer_no",
        "balance_days_fen",
        tier_rank=ibis.ifelse(waits, held.held_rank, held.reached),
        previous_rank=held.held_rank,
        outcome=_outcome(held, waits),
        out_of_range=ibis.ifelse(waits, held.side, OutOfRange.IN.value),
        quarters_out_of_range=ibis.ifelse(waits, held.run, 0),
        home=held.home.coalesce(held.largest),
        proposed=ibis.ifelse(held.home != held.largest, held.largest, ibis.null("string")),
    )


def _largest(stocks: "Table", before: "Table") -> "Table":
    """Return by customer the outlet of the largest stock, ties broken as 第九条 is decided."""
    import ibis

    at = stocks.left_join(before, "customer_id").select(stocks, before.home)
    order = ibis.window(
        group_by="customer_id",
        order_by=[
            at.stock_fen.desc(),
            at.balance_days_fen.desc(),
            ibis.ifelse(at.unit_code == at.home, 0, 1),
            at.unit_code,
        ],
    )
    ranked = at.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).select("customer_id", largest="unit_code")


def _rank_reached(balance_days_fen: Any, tiers: Tiers, days: int) -> "IntegerValue":
    import ibis

    highest_first = sorted(tiers, key=lambda tier: -tier.rank)
    bars = [(balance_days_fen >= tier.from_fen * days, tier.rank) for tier in highest_first]
    return ibis.cases(*bars, else_=0).cast("int16")


def _side(held_rank: Any, reached: Any) -> "StringValue":
    """Return on which side of the tier held the quarter lies; who holds none is never outside."""
    import ibis

    return ibis.cases(
        (held_rank == 0, OutOfRange.IN.value),
        (reached > held_rank, OutOfRange.ABOVE.value),
        (reached < held_rank, OutOfRange.BELOW.value),
        else_=OutOfRange.IN.value,
    )


def _outcome(held: "Table", waits: Any) -> "StringValue":
    import ibis

    return ibis.cases(
        ((held.held_rank == 0) & (held.reached == 0), Outcome.OUTSIDE.value),
        (held.held_rank == 0, Outcome.ENTERED.value),
        (waits | (held.reached == held.held_rank), Outcome.KEPT.value),
        (held.reached == 0, Outcome.LEFT.value),
        (held.reached > held.held_rank, Outcome.RISEN.value),
        else_=Outcome.FALLEN.value,
    )
