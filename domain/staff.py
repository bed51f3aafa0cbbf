"""Who works here: the roles, and the posts that bind them to units."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_STAFF_NO = re.compile(r"[A-Za-z0-9_-]{1,20}")  # what the trail takes for a number, too


class Role(StrEnum):
    """What a member of staff is employed to do (postal-high-end, art. 7 and 8)."""

    CITY_OFFICER = "city_officer"  # city finance department
    COUNTY_OFFICER = "county_officer"  # county finance department; keeps the county's file store
    DISTRICT_OFFICER = "district_officer"  # district bureau or central sub-bureau
    OUTLET_HEAD = "outlet_head"  # first person responsible at an outlet
    CUSTOMER_MANAGER = "customer_manager"  # keeps and maintains customer files
    LOBBY_MANAGER = "lobby_manager"  # spots customers, takes complaints on the spot
    TELLER = "teller"  # maintains customers where an outlet has no manager
    DEPUTY_CHIEF = "deputy_chief"  # approves data access (art. 22)
    AUDITOR = "auditor"  # reads the trail
    IT_CENTRE = "it_centre"  # delivers asset figures
    SECURITY_ADMINISTRATOR = "security_administrator"  # staff, posts, sessions; never customers
    INTEGRATION = "integration"  # another system, by token
    CONSOLE = "console"  # the command line on the server itself


@dataclass(frozen=True, slots=True)
class Post:
    """One role held at one unit; it reaches that unit and, where policy says so, all below it."""

    role: Role
    unit_path: str  # '/3207/320701/', with both slashes


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff as policy sees them.

    Args:
        id: The staff record's id; None for the console.
        staff_no: The number they sign in with.
        posts: What they hold today, in a fixed order.
    """

    id: UUID | None
    staff_no: str
    name: str
    posts: tuple[Post, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held, each once, in alphabetical order."""
        return tuple(sorted({post.role.value for post in self.posts}))


NOBODY = Staff(None, "", "", ())
CONSOLE = Staff(None, "console", "console", (Post(Role.CONSOLE, "/"),))


def is_staff_no(text: str) -> bool:
    """Tell whether *text* can be a staff number: 1 to 20 Latin letters, digits, - and _."""
    return _STAFF_NO.fullmatch(text) is not None
