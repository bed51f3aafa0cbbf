"""The demo's staff: a hundred and twenty people, at least one in every role."""

from dataclasses import dataclass
from functools import cache

from demo.bureau import Bureau, made_up_bureau
from demo.chance import Chance
from demo.person import full_name
from domain.staff import Role

OUTLETS_WITHOUT_MANAGER = 8
OUTLETS_WITH_LOBBY_MANAGER = 12
OUTLETS_WITH_MORE_TELLERS = 7

_AT_THE_CITY = (
    Role.CITY_OFFICER, Role.CITY_OFFICER, Role.DEPUTY_CHIEF, Role.AUDITOR, Role.IT_CENTRE,
    Role.SECURITY_ADMINISTRATOR, Role.INTEGRATION,
)  # fmt: skip

NOT_DELIVERED = frozenset({Role.SECURITY_ADMINISTRATOR, Role.INTEGRATION})
"""Roles that no data centre knows of: the bureau adds them itself."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works here; those of `NOT_DELIVERED` roles are in no ``staff.csv``."""

    staff_no: str
    name: str
    role: Role
    unit_code: str


@cache
def made_up_staff() -> tuple[StaffMember, ...]:
    """Return everybody, from the city down; numbers run from S90001."""
    bureau = made_up_bureau()
    chance = Chance("staff")
    staff: list[StaffMember] = []
    names: set[str] = set()
    for role, unit_code in _posts(bureau):
        name = _name(role, chance)
        while name in names:
            name = _name(role, chance)
        names.add(name)
        staff.append(StaffMember(f"S9{len(staff) + 1:04d}", name, role, unit_code))
    return tuple(staff)


def _name(role: Role, chance: Chance) -> str:
    if role is Role.INTEGRATION:
        return "数据中台接口"
    born_in = chance.between(
        1968, 1984 if role.value.endswith(("officer", "head", "chief")) else 1999
    )
    return full_name(born_in, "female" if chance.happens(56) else "male", chance)


def _posts(bureau: Bureau) -> list[tuple[Role, str]]:
    posts = [(role, bureau.code) for role in _AT_THE_CITY]
    for unit in bureau.units:
        if unit.kind == "county":
            posts += [(Role.COUNTY_OFFICER, unit.code), (Role.DEPUTY_CHIEF, unit.code)]
        elif unit.kind == "sub_bureau":
            posts.append((Role.DISTRICT_OFFICER, unit.code))
    by_size = [outlet.code for outlet in bureau.outlets_by_size()]
    without_manager = set(by_size[-OUTLETS_WITHOUT_MANAGER:])
    with_lobby = set(by_size[:OUTLETS_WITH_LOBBY_MANAGER])
    with_teller = without_manager | set(by_size[:OUTLETS_WITH_MORE_TELLERS])
    for outlet in bureau.outlets:
        posts.append((Role.OUTLET_HEAD, outlet.code))
        if outlet.code not in without_manager:
            posts.append((Role.CUSTOMER_MANAGER, outlet.code))
        if outlet.code in with_lobby:
            posts.append((Role.LOBBY_MANAGER, outlet.code))
        if outlet.code in with_teller:
            posts.append((Role.TELLER, outlet.code))
    return posts
