"""Units of the bureau."""

from typing import Optional

import strawberry

from authz.action import Action
from domain.unit import UnitKind
from reading.global_id import uuid_of
from reading.noun import Place
from reading.source import Many, Order, Where
from schema.declare import argument, column, many, name_enum, names, read_from, shown
from schema.node import Node

name_enum(
    UnitKind,
    "What a unit is.",
    {
        "CITY": "The city bureau.",
        "COUNTY": "A county bureau.",
        "DISTRICT": "A district bureau.",
        "SUB_BUREAU": "A central sub-bureau.",
        "OUTLET": "An outlet.",
    },
)

BELOW = "select b.id from unit a join unit b on b.path ^@ a.path where a.id = {v}"
"""Ids of the unit {v} and all below it."""

unit_id = uuid_of("Unit")


@read_from("unit", (Action.UNIT_READ, Place(path="{t}.path")))
class Unit(Node):
    """A place in the bank: the city, a county, a sub-bureau, an outlet."""

    code: str = column("code", "The bank's code of the unit.")
    name: str = column("name", "Its name.")
    kind: UnitKind = column("kind", "What it is.")
    path: str = column("path", "The codes from the top down to it, like /3207/320701/.")
    parent: Optional["Unit"] = names("parent_id", "The unit above it.")


@shown
class UnitQuery:
    """Questions about units."""

    units: list[Unit] = many(
        Many(
            orders={None: Order("{t}.path", "text", is_unique=True)},
            where={
                "within": Where(
                    "{t}.path ^@ (select a.path from unit a where a.id = {v})", value=unit_id
                )
            },
        ),
        "The units within reach, by path.",
        argument("within", strawberry.ID | None, "Only this unit and all below it."),
    )
