"""Which customers a list holds, and what it is sorted by."""

from datetime import date
from enum import Enum

import strawberry

from reading.source import Order, Sealed
from schema.declare import filtering, name_enum, where
from schema.scalars import Fen
from schema.staff import staff_id
from schema.unit import BELOW, unit_id


@filtering
class CustomerFilter:
    """Which customers; all that is given must hold."""

    tier: list[str] | None = where("{t}.tier = any({v}::text[])", "Codes of tiers.")
    unit: strawberry.ID | None = where(
        f"{{t}}.home_unit_id in ({BELOW})",
        "Home outlet: that unit and all below it.",
        value=unit_id,
    )
    manager: strawberry.ID | None = where(
        "{t}.manager_id = {v}", "Who looks after the customer.", value=staff_id
    )
    unassigned: bool | None = where(
        "{t}.manager_id is null and {t}.tier_rank > 0",
        "Whether the customer holds a tier and nobody looks after them yet.",
        otherwise="{t}.manager_id is not null",
    )
    assets_from_fen: Fen | None = where(
        "{t}.average_assets_fen >= {v}",
        "Lowest average assets; for those who may read amounts.",
        guarded="amounts",
    )
    assets_below_fen: Fen | None = where(
        "{t}.average_assets_fen < {v}",
        "Average assets below; for those who may read amounts.",
        guarded="amounts",
    )
    not_contacted_since_on: date | None = where(
        "coalesce({t}.last_contact_on, '-infinity') < {v}",
        "No call or visit that reached on or after this day.",
    )
    overdue: bool | None = where(
        "coalesce({t}.next_due_on < {today}, false)",
        "Whether an obligation is overdue.",
        otherwise="not coalesce({t}.next_due_on < {today}, false)",
    )
    number: str | None = where("{t}.customer_no ^@ {v}", "The customer number or its beginning.")
    phone: str | None = where(
        "{t}.phone_index = any({v}::bytea[])",
        "The full phone number; for those who may look up by it.",
        look_up=Sealed("phone", "{t}.phone_sealed"),
    )
    id_number: str | None = where(
        "{t}.id_number_index = any({v}::bytea[])",
        "The full identity number; for those who may look up by it.",
        look_up=Sealed("id_number", "{t}.id_number_sealed"),
    )


class CustomerSort(Enum):
    """What customers are sorted by."""

    ASSETS_DESC = "assets_desc"
    ASSETS_ASC = "assets_asc"
    CHANGE_DESC = "change_desc"
    CHANGE_ASC = "change_asc"
    LAST_CONTACT_ASC = "last_contact_asc"
    DUE_ASC = "due_asc"
    NUMBER_ASC = "number_asc"


name_enum(
    CustomerSort,
    "What customers are sorted by.",
    {
        "ASSETS_DESC": "Average assets, largest first; for those who may read amounts.",
        "ASSETS_ASC": "Average assets, smallest first; for those who may read amounts.",
        "CHANGE_DESC": "Change of assets, largest gain first; for those who may read amounts.",
        "CHANGE_ASC": "Change of assets, largest loss first; for those who may read amounts.",
        "LAST_CONTACT_ASC": "Last contact, longest ago first, those never reached before all.",
        "DUE_ASC": "Next due day, soonest first, those who are owed nothing last.",
        "NUMBER_ASC": "Customer number.",
    },
)

_ASSETS, _CHANGE = "{t}.average_assets_fen", "{t}.assets_change_fen"
ORDERS = {
    CustomerSort.ASSETS_DESC: Order(_ASSETS, "bigint", descending=True, guarded="amounts"),
    CustomerSort.ASSETS_ASC: Order(_ASSETS, "bigint", guarded="amounts"),
    CustomerSort.CHANGE_DESC: Order(_CHANGE, "bigint", descending=True, guarded="amounts"),
    CustomerSort.CHANGE_ASC: Order(_CHANGE, "bigint", guarded="amounts"),
    CustomerSort.LAST_CONTACT_ASC: Order("coalesce({t}.last_contact_on, '-infinity')", "date"),
    CustomerSort.DUE_ASC: Order("coalesce({t}.next_due_on, 'infinity')", "date"),
    CustomerSort.NUMBER_ASC: Order("{t}.customer_no", "text", is_unique=True),
}
