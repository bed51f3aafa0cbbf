"""The bank's staff."""

import strawberry

from authz.action import Action
from domain.staff import Role
from reading.global_id import uuid_of
from reading.noun import Place
from reading.source import Many, Order, Where
from schema.declare import argument, column, many, name_enum, names, read_from, shown
from schema.node import Node
from schema.unit import BELOW, Unit, unit_id

name_enum(
    Role,
    "What a member of staff is employed to do.",
    {
        "CITY_OFFICER": "City finance department.",
        "COUNTY_OFFICER": "County finance department.",
        "DISTRICT_OFFICER": "District bureau or central sub-bureau.",
        "OUTLET_HEAD": "First person responsible at an outlet.",
        "CUSTOMER_MANAGER": "Keeps and maintains customer files.",
        "LOBBY_MANAGER": "Spots customers, takes complaints on the spot.",
        "TELLER": "Maintains customers where an outlet has no manager.",
        "DEPUTY_CHIEF": "Approves access to customers' figures.",
        "AUDITOR": "Reads the audit trail.",
        "IT_CENTRE": "Delivers the asset figures.",
        "SECURITY_ADMINISTRATOR": "Keeps staff, posts and sessions; never customers.",
        "INTEGRATION": "Another system, by token.",
    },
)

staff_id = uuid_of("Staff")


@read_from("staff", (Action.STAFF_READ, Place(unit="{t}.unit_id")))
class Staff(Node):
    """A member of staff."""

    staff_no: str = column("staff_no", "The number they sign in with.")
    name: str = column("name", "Their name.")
    unit: Unit = names("unit_id", "The unit they belong to.")
    is_active: bool = column("is_active", "Whether they still work here.")


@shown
class StaffQuery:
    """Questions about staff."""

    staff: list[Staff] = many(
        Many(
            orders={None: Order("{t}.staff_no", "text", is_unique=True)},
            where={
                "unit": Where(f"{{t}}.unit_id in ({BELOW})", value=unit_id),
                "role": Where(
                    "exists (select from staff_post post where post.staff_id = {t}.id"
                    " and post.role = any({v}::text[]) and post.from_on <= {today}"
                    " and coalesce(post.until_on, 'infinity') > {today})"
                ),
            },
        ),
        "The staff within reach, by number.",
        argument("unit", strawberry.ID | None, "Only of this unit and all below it."),
        argument("role", list[Role] | None, "Only who holds one of these roles today."),
    )
