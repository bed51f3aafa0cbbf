"""The made-up bureau, made once a run: deliveries read back, ratings by the pure rule, a year."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from demo.bureau import made_up_bureau
from demo.customer import Customer, customers
from demo.delivery import write_deliveries
from demo.history import History
from demo.kept import Keeper, Kept, Rating, tenures_of
from demo.person import Person
from demo.span import span_before
from demo.year import Years
from domain.period import Quarter
from domain.rating import NEVER_RATED, Rated, rate
from services.calendar import china_calendar
from store.rule_book import MAIN_RULE_BOOK, load_rule_book

TODAY = date(2026, 11, 22)
SEED = 7


class Delivered(NamedTuple):
    """One delivery, read back."""

    quarter: Quarter
    folder: Path
    customers: list[dict[str, str]]
    balances: list[dict[str, str]]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> list[Delivered]:
    return [
        Delivered(
            Quarter.parse_quarter(folder.name),
            folder,
            rows_of(folder / "customers.csv"),
            rows_of(folder / "balances.csv"),
        )
        for folder in write_deliveries(tmp_path_factory.mktemp("deliveries"), TODAY, SEED)
    ]


@pytest.fixture(scope="session")
def everybody() -> list[Customer]:
    return list(customers(made_up_bureau(), span_before(TODAY, SEED), TODAY, SEED))


@pytest.fixture(scope="session")
def ratings(deliveries: list[Delivered]) -> list[dict[str, Rated]]:
    """Each quarter's ratings of the persons, by customer, by the pure rule."""
    tiers = load_rule_book(MAIN_RULE_BOOK).tiers
    numbers = {
        line["customer_no"]
        for one in deliveries
        for line in one.customers
        if line["kind"] == "person"
    }
    standings = dict.fromkeys(numbers, NEVER_RATED)
    rated: list[dict[str, Rated]] = []
    for one in deliveries:
        sums = _balance_days(one)
        quarter = {
            number: rate(standings[number], sums[number], one.quarter.days, tiers)
            for number in numbers
        }
        standings = {number: line.standing for number, line in quarter.items()}
        rated.append(quarter)
    return rated


def _balance_days(delivered: Delivered) -> Counter[str]:
    """Return each customer's sum over the days, each balance holding until the next."""
    accounts = defaultdict(list)
    for row in delivered.balances:
        accounts[row["customer_no"], row["account_no"]].append(
            (date.fromisoformat(row["date"]), int(row["balance_fen"]))
        )
    after = delivered.quarter.next().first_on
    sums: Counter[str] = Counter()
    for (number, _), changes in accounts.items():
        ends = [day for day, _ in changes[1:]] + [after]
        for (day, balance_fen), end in zip(changes, ends, strict=True):
            sums[number] += balance_fen * (end - day).days
    return sums


@pytest.fixture(scope="session")
def kept(
    everybody: list[Customer], deliveries: list[Delivered], ratings: list[dict[str, Rated]]
) -> list[Kept]:
    """The largest outlet's customers, with the tiers that the ratings gave them."""
    largest = made_up_bureau().outlets_by_size()[0]
    unit_id, manager, head = (
        uuid4(),
        Keeper(uuid4(), frozenset({"customer_manager"})),
        Keeper(uuid4(), frozenset({"outlet_head"})),
    )
    days = [one.quarter.next().first_on for one in deliveries]
    return [
        Kept(
            uuid4(),
            one.number,
            one.who.occupation,
            one.who.birth_date,
            unit_id,
            manager,
            head,
            tenures_of(
                [
                    Rating(day, day + timedelta(days=7), quarter[one.number].standing.tier)
                    for day, quarter in zip(days, ratings, strict=True)
                ]
            ),
            [],
        )
        for one in everybody
        if one.home == largest and isinstance(one.who, Person)
    ]


@pytest.fixture(scope="session")
def years() -> Years:
    calendar = china_calendar(TODAY.year - 2, TODAY.year + 2)
    return Years(load_rule_book(MAIN_RULE_BOOK), calendar, TODAY, SEED)


@pytest.fixture(scope="session")
def histories(kept: list[Kept], years: Years) -> list[History]:
    """An ordinary manager's year."""
    return years.of(kept)
