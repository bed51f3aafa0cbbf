"""Made-up companies and institutions that bank with an outlet."""

from dataclasses import dataclass

from demo.bureau import Bureau, Outlet
from demo.chance import Chance
from demo.person import address, phone
from demo.words import words

# The alphabet of GB 32100: no I, O, S, V, Z.
_CREDIT_CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Firm:
    """A company or an institution that never was."""

    kind: str
    name: str
    id_number: str
    phone: str
    address: str


def firm(kind: str, bureau: Bureau, home: Outlet, chance: Chance) -> Firm:
    """Return a firm of *kind* (``company`` or ``institution``) near the outlet *home*."""
    return Firm(
        kind=kind,
        name=_company(home, chance) if kind == "company" else _institution(home, chance),
        id_number=credit_code("91" if kind == "company" else "12", home.county_code, chance),
        phone=phone(chance),
        address=address(bureau, home, chance),
    )


def credit_code(registrar_and_type: str, region: str, chance: Chance) -> str:
    """Return a unified social credit code with the right check digits (GB 32100, GB 11714)."""
    body = "".join(chance.choice(_CREDIT_CODE_DIGITS) for _ in range(8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = (
        11
        - sum(
            _organisation_value(digit) * weight for digit, weight in zip(body, weights, strict=True)
        )
        % 11
    )
    organisation = body + {10: "X", 11: "0"}.get(rest, str(rest))
    code = f"{registrar_and_type}{region}{organisation}"
    weighted = sum(
        _CREDIT_CODE_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code)
    )
    return code + _CREDIT_CODE_DIGITS[-weighted % 31]


def _organisation_value(digit: str) -> int:
    """Return what a character counts for in GB 11714: 0 to 9, then A is 10 and so on."""
    return int(digit, 36)


def _company(home: Outlet, chance: Chance) -> str:
    names = words("firms")
    trade = chance.choice(names["trades"])
    style = chance.choice(names["styles"])
    ending = "" if trade.endswith("社") else "有限公司"
    return f"{home.county}{style}{trade}{ending}"


def _institution(home: Outlet, chance: Chance) -> str:
    names = words("firms")
    if not home.is_town and chance.happens(35):
        village = chance.choice(home.neighbourhoods)
        return f"{home.county}{home.place}{village}村民委员会"
    if home.is_town and chance.happens(30):
        return f"{home.county}{home.place}{chance.choice(home.neighbourhoods[4:])}社区居民委员会"
    return f"{home.county}{home.place}{chance.choice(names['institutions'])}"
