"""Made-up people: name, age, resident id, phone, address and living, all fitting together."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.bureau import Bureau, Outlet
from demo.chance import Chance
from demo.words import words
from domain.identity import resident_id_check_digit

# No operator has them in the published numbering plan, so that nobody is called by mistake.
UNASSIGNED_PREFIXES = ("160", "161", "163", "164", "168", "169")

SAVERS_BY_AGE = {
    (18, 24): 1,
    (25, 34): 5,
    (35, 44): 12,
    (45, 54): 20,
    (55, 64): 29,
    (65, 74): 22,
    (75, 84): 9,
    (85, 93): 2,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who never was.

    Args:
        id_number: A resident id of region 99, which no county has, with the right check digit.
        income_yuan: What comes in a month.
        is_town: Whether they live in a town.
    """

    name: str
    sex: str
    birth_date: date
    id_number: str
    phone: str
    address: str
    occupation: str
    income_yuan: int
    is_town: bool


def person(bureau: Bureau, home: Outlet, today: date, chance: Chance) -> Person:
    """Return a saver who lives near the outlet *home*."""
    age = chance.between(*chance.weighted(SAVERS_BY_AGE))
    birth_date = date(today.year - age, 1, 1) + timedelta(days=chance.between(0, 364))
    sex = "female" if chance.happens(53) else "male"
    occupation, income_yuan = _living(age, sex, home.is_town, chance)
    return Person(
        name=full_name(birth_date.year, sex, chance),
        sex=sex,
        birth_date=birth_date,
        id_number=resident_id(home.county_code, birth_date, sex, chance),
        phone=phone(chance),
        address=address(bureau, home, chance),
        occupation=occupation,
        income_yuan=income_yuan,
        is_town=home.is_town,
    )


def full_name(birth_year: int, sex: str, chance: Chance) -> str:
    """Return a name as people of that decade and sex bear it."""
    decade = min(max(birth_year // 10 * 10, 1930), 2000)
    given = words("given_names")[str(decade)][sex]
    per_mille: dict[str, int] = words("surnames")["per_mille"]
    surname = chance.weighted(per_mille)
    if len(surname) == 1 and chance.happens(given["single_pct"]):
        return f"{surname}{chance.early(given['single'])}"
    if chance.happens(given["whole_pct"]):
        return f"{surname}{chance.early(given['whole'])}"
    return f"{surname}{chance.early(given['first'])}{chance.early(given['second'])}"


def resident_id(region: str, birth_date: date, sex: str, chance: Chance) -> str:
    """Return a resident id of *region*: birth date, sequence (odd for men), check digit."""
    sequence = chance.between(0, 499) * 2 + (sex == "male")
    digits = f"{region}{birth_date:%Y%m%d}{sequence:03d}"
    return digits + resident_id_check_digit(digits)


def phone(chance: Chance) -> str:
    """Return a mobile number of the right shape that no operator gives out."""
    return f"{chance.choice(UNASSIGNED_PREFIXES)}{chance.between(0, 99_999_999):08d}"


def address(bureau: Bureau, home: Outlet, chance: Chance) -> str:
    """Return where somebody near *home* lives."""
    around = f"{bureau.city}{home.county}{home.place}"
    where = chance.early(home.neighbourhoods)
    if not home.is_town:
        return f"{around}{where}{chance.between(1, 12)}组{chance.between(1, 68)}号"
    flat = f"{chance.between(1, 17)}0{chance.between(1, 4)}室"
    if where[-1] in "路街道":
        return f"{around}{where}{chance.between(1, 298)}号{flat}"
    return f"{around}{where}{chance.between(1, 24)}幢{chance.between(1, 3)}单元{flat}"


def _living(age: int, sex: str, is_town: bool, chance: Chance) -> tuple[str, int]:
    """Return an occupation for the age and what it brings a month, in yuan."""
    around = "town" if is_town else "country"
    fitting = {
        line["name"]: line
        for line in words("occupations")["occupation"]
        if line["ages"][0] <= age <= line["ages"][1] and line.get("sex", sex) == sex
    }
    name = chance.weighted({name: line[around] for name, line in fitting.items()})
    low, high = fitting[name]["income"]
    return name, low + int((high - low) * chance.random() ** 2)
