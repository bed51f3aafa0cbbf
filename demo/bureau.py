"""The made-up bureau: one city, six counties, two central sub-bureaus and forty outlets."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from demo.chance import Chance
from demo.words import words


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of ``units.csv``."""

    code: str
    name: str
    kind: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and the place around it, where its customers live.

    Args:
        county_code: Six digits; also the region in the resident ids of those who live there.
        place: The street district or township around the outlet.
        is_town: Whether people live in streets and estates, or in villages.
        weight: How many customers it has, in proportion to the other outlets.
        neighbourhoods: Streets and estates, or villages.
    """

    code: str
    name: str
    county: str
    county_code: str
    place: str
    is_town: bool
    weight: int
    neighbourhoods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bureau:
    """All units, and the outlets once more with what lies around them."""

    code: str
    name: str
    city: str
    units: tuple[Unit, ...]
    outlets: tuple[Outlet, ...]

    def outlets_by_size(self) -> tuple[Outlet, ...]:
        """Return the outlets, the one with the most customers first."""
        return tuple(sorted(self.outlets, key=lambda outlet: (-outlet.weight, outlet.code)))


@cache
def made_up_bureau() -> Bureau:
    """Return the bureau of ``demo/words/places.toml``."""
    places = words("places")
    units = [Unit(places["code"], places["bureau"], "city", "")]
    outlets: list[Outlet] = []
    for county in places["county"]:
        sub_bureau_code = f"{county['code']}90"
        units.append(Unit(county["code"], f"{county['name']}邮政局", "county", places["code"]))
        if "sub_bureau" in county:
            units.append(Unit(sub_bureau_code, county["sub_bureau"], "sub_bureau", county["code"]))
        for number, line in enumerate(county["outlets"], start=1):
            code = f"{county['code']}{number:03d}"
            parent = sub_bureau_code if line.get("sub_bureau") else county["code"]
            units.append(Unit(code, line["name"], "outlet", parent))
            outlets.append(_outlet(code, county, line, places))
    return Bureau(places["code"], places["bureau"], places["city"], tuple(units), tuple(outlets))


def _outlet(
    code: str, county: dict[str, Any], line: dict[str, Any], places: dict[str, Any]
) -> Outlet:
    chance = Chance("neighbourhoods", code)
    if line["town"]:
        around = chance.sample(places["streets"], 4) + chance.sample(places["estates"], 5)
    else:
        around = [f"{village}村" for village in chance.sample(places["villages"], 6)]
    return Outlet(
        code=code,
        name=line["name"],
        county=county["name"],
        county_code=county["code"],
        place=line["place"],
        is_town=line["town"],
        weight=line["weight"],
        neighbourhoods=tuple(around),
    )
