"""What the made-up data centre delivers: right, whole, lifelike, and the same every time."""

import hashlib
import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from demo.delivery import write_deliveries
from demo.span import delivered_at, rated_at, span_before
from domain.identity import normalise_phone, resident_id_birth_date, resident_id_fault
from domain.rating import Outcome, Rated
from domain.tier import NO_TIER
from tests.demo.conftest import SEED, TODAY, Delivered, rows_of


def test_the_six_full_quarters_before_today_are_delivered(deliveries: list[Delivered]) -> None:
    periods = [str(one.quarter) for one in deliveries]

    assert periods == ["2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"]


def test_equal_arguments_write_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        list(write_deliveries(tmp_path / name, TODAY, SEED, count=60))

    one, other = (sorted((tmp_path / name).rglob("*.*")) for name in ("one", "other"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_another_seed_makes_other_people(tmp_path: Path) -> None:
    for seed in (1, 2):
        list(write_deliveries(tmp_path / str(seed), TODAY, seed, count=60, quarters=1))

    one, other = (tmp_path / str(seed) / "2026Q3" / "customers.csv" for seed in (1, 2))
    assert one.read_bytes() != other.read_bytes()


def test_the_manifest_says_what_the_files_hold(deliveries: list[Delivered]) -> None:
    for one in deliveries:
        manifest = json.loads((one.folder / "manifest.json").read_text("utf-8"))

        assert manifest["period"] == str(one.quarter)
        assert manifest["complete"] is True
        for entry in manifest["files"]:
            content = (one.folder / entry["name"]).read_bytes()
            assert entry["sha256"] == hashlib.sha256(content).hexdigest()
            assert entry["rows"] == content.count(b"\n") - 1


def test_the_bureau_has_one_city_six_counties_and_forty_outlets(
    deliveries: list[Delivered],
) -> None:
    units = rows_of(deliveries[-1].folder / "units.csv")
    kinds = Counter(unit["kind"] for unit in units)
    codes = [unit["unit_code"] for unit in units]

    assert kinds == {"city": 1, "county": 6, "sub_bureau": 2, "outlet": 40}
    for place, unit in enumerate(units[1:], start=1):
        assert unit["parent_code"] in codes[:place]


def test_three_thousand_customers_of_every_kind_are_known_in_the_end(
    deliveries: list[Delivered],
) -> None:
    kinds = {line["customer_no"]: line["kind"] for one in deliveries for line in one.customers}
    counts = Counter(kinds.values())

    assert len(kinds) == 3000
    assert counts["person"] > 2800
    assert counts["company"] > 50
    assert counts["institution"] > 20


def test_every_resident_id_is_right_and_of_region_99(deliveries: list[Delivered]) -> None:
    persons = [line for line in deliveries[-1].customers if line["kind"] == "person"]

    for line in persons:
        number = line["id_number"]
        assert resident_id_fault(number) is None
        assert number.startswith("99")
        assert resident_id_birth_date(number) == date.fromisoformat(line["birth_date"])
        assert int(number[16]) % 2 == (line["sex"] == "male")


def test_no_two_customers_share_a_phone_or_an_id_number(deliveries: list[Delivered]) -> None:
    lines = deliveries[-1].customers

    assert len({line["phone"] for line in lines}) == len(lines)
    assert len({line["id_number"] for line in lines}) == len(lines)
    assert all(normalise_phone(line["phone"]) == line["phone"] for line in lines)


def test_accounts_begin_with_the_day_they_are_first_seen_and_stay_in_the_quarter(
    deliveries: list[Delivered],
) -> None:
    known: set[str] = set()
    for one in deliveries:
        first_rows: dict[str, date] = {}
        last_day: dict[str, date] = {}
        for row in one.balances:
            day, account = date.fromisoformat(row["date"]), row["account_no"]
            first_rows.setdefault(account, day)
            assert one.quarter.contains(day)
            assert int(row["balance_fen"]) >= 0
            assert last_day.get(account, day - timedelta(days=1)) < day
            last_day[account] = day
        carried = known & first_rows.keys()
        assert {first_rows[account] for account in carried} <= {one.quarter.first_on}
        known |= first_rows.keys()


def test_a_quarter_begins_with_the_balances_the_one_before_ended_with(
    deliveries: list[Delivered],
) -> None:
    for before, after in pairwise(deliveries):
        ended = {row["account_no"]: row["balance_fen"] for row in before.balances}
        began: dict[str, str] = {}
        for row in after.balances:
            began.setdefault(row["account_no"], row["balance_fen"])
        carried = ended.keys() & began.keys()
        changed_on_the_day = sum(ended[account] != began[account] for account in carried)

        assert len(carried) > 5000
        assert changed_on_the_day < 0.12 * len(carried)


def test_about_a_third_of_the_customers_lie_below_the_bar(ratings: list[dict[str, Rated]]) -> None:
    for quarter in ratings[1:]:
        without = sum(line.standing.tier == NO_TIER for line in quarter.values())

        assert 0.28 < without / len(quarter) < 0.40


def test_every_quarter_has_movers_of_every_kind(ratings: list[dict[str, Rated]]) -> None:
    for number, quarter in enumerate(ratings):
        outcomes = Counter(line.outcome for line in quarter.values())
        expected = {Outcome.ENTERED, Outcome.OUTSIDE}
        if number >= 1:
            expected |= {Outcome.KEPT}
        if number >= 2:  # to rise, fall or leave takes two quarters
            expected |= {Outcome.RISEN, Outcome.FALLEN, Outcome.LEFT}

        assert all(outcomes[outcome] >= 10 for outcome in expected)


def test_every_tier_has_its_customers(ratings: list[dict[str, Rated]]) -> None:
    tiers = Counter(line.standing.tier for line in ratings[-1].values())

    assert tiers["vip"] > tiers["gold"] > tiers["platinum"] > tiers["diamond"] > 30


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2027, 1, 3), date(2026, 11, 22)])
def test_nothing_is_delivered_or_rated_tomorrow(today: date) -> None:
    newest = span_before(today, SEED).quarters[-1]

    assert newest.last_on < today <= newest.next().last_on
    assert delivered_at(newest, today) <= rated_at(newest, today)
    assert rated_at(newest, today).date() <= today
