"""Deliveries of balances."""

from collections.abc import Mapping
from datetime import datetime

from authz.action import Action
from reading.noun import Place
from reading.source import Many, Order
from schema.declare import column, computed, many, read_from, shown
from schema.node import Node


def rows_taken(_run: object, rows: Mapping[str, int]) -> int:
    """Return how many rows of all files were taken in."""
    return sum(rows.values())


@read_from("delivery", (Action.DELIVERY_READ, Place()))
class Delivery(Node):
    """A delivered period and whether it can be rated."""

    period: str = column("period", "A quarter like 2026Q2, or a month like 2026-05.")
    bureau: str = column("bureau", "The bureau that it is of.")
    complete: bool = column("complete", "Whether every customer is in it; only then it is rated.")
    delivered_at: datetime = column("delivered_at", "When the data centre made it.")
    applied_at: datetime = column("applied_at", "When it was taken in here.")
    applied_by: str = column("applied_by", "Number of the staff who took it in.")
    rows_taken: int = computed(rows_taken, "rows", description="Rows taken in, of all files.")
    rows_set_aside: int = column("rows_set_aside", "Bad rows that were set aside.")


@shown
class DeliveryQuery:
    """Questions about deliveries."""

    deliveries: list[Delivery] = many(
        Many(orders={None: Order("{t}.applied_at", "timestamptz", descending=True)}),
        "All deliveries, newest first.",
    )
