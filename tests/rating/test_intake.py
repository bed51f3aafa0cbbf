"""An import through the gate: all or nothing, once, and what it leaves of what is known."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.errors import NotFound
from gate.actor import console
from gate.house import House
from rating.preparation import Phase
from rating.refusal import DeliveryRefused, ImportBusy, RatingRefused
from rating.turn import take_turn
from services.customer import amend_customer
from services.delivery import import_delivery
from services.rating import rate_quarter
from tests.bureau import Bureau, Clock
from tests.rating.deliveries import (
    BALANCES,
    CUSTOMERS,
    STAFF,
    UNITS,
    balances_text,
    customer_line,
    customers_text,
    write_delivery,
)
from tests.rating.register import customer_id, person, registered
from vault.registry import PHONE

Q1_BALANCES = BALANCES.replace("2026-04-01", "2026-01-01").replace("2026-05-10", "2026-02-10")
Q1_BALANCES = Q1_BALANCES.replace("2026-06-30", "2026-03-31")


class Killed(Exception):
    """Stands for a power cut."""


async def _import(house: House, source: Path, **more: Any) -> Any:
    return await import_delivery(console(house), source, **more)


async def _refusal(house: House, source: Path) -> DeliveryRefused:
    before = await registered(house)
    with pytest.raises(DeliveryRefused) as refused:
        await _import(house, source)
    assert await registered(house) == before
    return refused.value


async def test_a_delivery_brings_units_staff_customers_and_holdings(
    house: House, source: Path
) -> None:
    imported = await _import(house, write_delivery(source))

    inside = await registered(house)
    assert inside["units"][2] == ("320701001", "人民路网点", "outlet", "/3207/320701/320701001/")
    assert inside["places"][0] == ("3207", "/3207/", "海州市邮政局", date(2026, 4, 1), None)
    assert [row[:3] for row in inside["posts"]] == [
        ("S00001", "city_officer", "3207"),
        ("S00002", "outlet_head", "320701001"),
        ("S00003", "customer_manager", "320701001"),
    ]
    assert inside["holdings"][2] == ("2026Q2", "C2", "320701002", "fund", 0, 51_000_000)
    assert inside["deliveries"] == [("3207", "2026Q2", True, imported.intake.rows, 0, None, False)]
    assert imported.intake.rows["customers.csv"] == 3


async def test_personal_values_are_sealed_and_found_by_their_index(
    house: House, source: Path
) -> None:
    await _import(house, write_delivery(source))

    assert await person(house, "C1") == {
        "name": "王1",
        "birth_date": "1980-01-01",
        "id_number": customer_line(1).split(",")[6],
        "phone": "13900000001",
        "address": "海州市东区人民路1号",
        "occupation": "教师",
    }
    (row, *_) = (await registered(house))["customers"]
    assert row[4] == house.vault.blind_index(PHONE, "+86 139 0000 0001")
    async with house.database.connection() as connection:
        text = await connection.fetchval("select string_agg(c::text, '') from customer c")
    assert b"13900000001".hex() not in text
    assert "王1".encode().hex() not in text


async def test_nothing_personal_stays_on_disk(house: House, source: Path, home: Path) -> None:
    await _import(house, write_delivery(source))

    kept = [path for path in (home / "deliveries").rglob("*") if path.is_file()]
    assert {path.name for path in kept} == {
        "ledger.json",
        "balances.parquet",
        "customers.parquet",
        "units.parquet",
        "sums.parquet",
    }
    assert not any("王1".encode() in path.read_bytes() for path in kept)


async def test_the_same_delivery_twice_changes_nothing(house: House, source: Path) -> None:
    first = await _import(house, write_delivery(source))
    before = await registered(house)

    second = await _import(house, source)

    assert not second.intake.is_new
    assert second.intake.id == first.intake.id
    assert await registered(house) == before


async def test_a_period_that_was_delivered_is_only_restated(house: House, source: Path) -> None:
    await _import(house, write_delivery(source / "a"))
    other = write_delivery(source / "b", delivered_at="2026-07-06T08:00:00+08:00")

    refusal = await _refusal(house, other)

    assert refusal.code == "PERIOD_DELIVERED"
    assert '"restates": "2026Q2"' in refusal.message


async def test_a_correction_is_kept_beside_what_it_corrects(
    house: House, source: Path, clock: Clock
) -> None:
    await _import(house, write_delivery(source / "a"))
    await rate_quarter(console(house), "2026Q2")
    clock.pass_by(days=1)
    corrected = write_delivery(
        source / "b", restates="2026Q2", balances=BALANCES.replace("6000000", "9000000000")
    )

    await _import(house, corrected)
    run = await rate_quarter(console(house), "2026Q2")

    assert run.is_new
    inside = await registered(house)
    assert [row[-1] for row in inside["deliveries"]] == [False, True]
    assert len([row for row in inside["holdings"] if row[1] == "C1"]) == 2
    async with house.database.connection() as connection:
        tiers = await connection.fetch(
            "select r.tier, n.superseded_by_id is null as holds from rating r "
            "join rating_run n on n.id = r.run_id where r.customer_id = $1 order by n.rated_at",
            await customer_id(house, "C1"),
        )
    assert [tuple(row) for row in tiers] == [("vip", False), ("diamond", True)]


async def test_good_rows_come_in_and_the_period_waits_until_someone_accepts(
    house: House, source: Path
) -> None:
    write_delivery(source, balances=BALANCES + "C3,A9,320701001,demand,2026-04-01,-1\n")

    first = (await _import(house, source)).intake

    assert first.awaits_acceptance
    assert first.quarantine is not None
    assert "negative_balance" in first.quarantine.read_text("utf-8")
    assert first.rows["balances.csv"] == 4
    with pytest.raises(RatingRefused, match="1 rows of the delivery of 2026Q2 were set aside"):
        await rate_quarter(console(house), "2026Q2")

    accepted = (await _import(house, source, accepts_set_aside=True)).intake

    assert not accepted.awaits_acceptance
    assert accepted.accepted_by == "console"
    assert (await rate_quarter(console(house), "2026Q2")).counts == {"entered": 2, "outside": 1}


async def test_a_dry_run_says_what_would_change_and_changes_nothing(
    house: House, source: Path
) -> None:
    before = await registered(house)

    imported = await _import(house, write_delivery(source), dry_run=True)

    changes = imported.intake.changes
    assert changes is not None
    assert changes.units.new == ["3207", "320701", "320701001", "320701002"]
    assert changes.staff is not None
    assert changes.staff.new == ["S00001", "S00002", "S00003"]
    assert changes.customers.new == 3
    assert imported.outlook is not None
    assert imported.outlook.moves["entered"] == ["C1", "C2"]
    assert await registered(house) == before
    assert (await _import(house, source)).intake.is_new


async def test_a_dry_run_tells_why_the_quarter_could_not_be_rated(
    house: House, source: Path
) -> None:
    imported = await _import(house, write_delivery(source, complete=False), dry_run=True)

    assert imported.outlook is None
    assert imported.refusal is not None
    assert imported.refusal.code == "DELIVERY_INCOMPLETE"


async def test_only_what_a_delivery_says_anew_overwrites_a_file(
    bureau: Bureau, source: Path
) -> None:
    house = bureau.house
    await _import(house, write_delivery(source / "q1", period="2026Q1", balances=Q1_BALANCES))
    await _amend_phone(bureau, "C1", "13811112222")
    news = CUSTOMERS.replace("王1", "王一").replace("教师", "医生")
    await _import(house, write_delivery(source / "q2", customers=news))

    found = await person(house, "C1")

    assert found["phone"] == "13811112222"
    assert (found["name"], found["occupation"]) == ("王一", "医生")


async def test_a_value_that_is_delivered_anew_overwrites_an_amendment(
    bureau: Bureau, source: Path
) -> None:
    house = bureau.house
    await _import(house, write_delivery(source / "q1", period="2026Q1", balances=Q1_BALANCES))
    await _amend_phone(bureau, "C1", "13811112222")
    news = CUSTOMERS.replace("13900000001", "13733334444")

    imported = await _import(house, write_delivery(source / "q2", customers=news))

    assert imported.intake.changes.customers.changed == 1
    assert imported.intake.changes.customers.examples == ["C1"]
    assert (await person(house, "C1"))["phone"] == "13733334444"


async def test_a_value_that_is_no_longer_delivered_is_emptied(house: House, source: Path) -> None:
    await _import(house, write_delivery(source / "q1", period="2026Q1", balances=Q1_BALANCES))
    news = customers_text(customer_line(1, phone=""), customer_line(2), customer_line(3))

    await _import(house, write_delivery(source / "q2", customers=news))

    assert (await person(house, "C1"))["phone"] is None
    assert (await registered(house))["customers"][0][4] is None


async def test_of_a_shredded_customer_nothing_is_written_again(house: House, source: Path) -> None:
    await _import(house, write_delivery(source / "q1", period="2026Q1", balances=Q1_BALANCES))
    async with house.database.connection() as connection:
        await connection.execute(
            "delete from customer_key where customer_id = $1", await customer_id(house, "C1")
        )
        before = await connection.fetchrow("select * from customer where customer_no = 'C1'")

    await _import(house, write_delivery(source / "q2", customers=CUSTOMERS.replace("王1", "王一")))

    async with house.database.connection() as connection:
        after = await connection.fetchrow("select * from customer where customer_no = 'C1'")
    assert after == before


async def test_a_unit_that_moves_takes_those_below_along_and_keeps_its_past(
    house: House, source: Path
) -> None:
    await _import(house, write_delivery(source / "q1", period="2026Q1", balances=Q1_BALANCES))
    moved = UNITS.replace("320701001,人民路网点,outlet,320701", "320701001,人民广场网点,outlet,D")
    moved += "D,东区,district,320701\n"

    imported = await _import(house, write_delivery(source / "q2", units=moved))

    assert imported.intake.changes.units.new == ["D"]
    assert imported.intake.changes.units.changed == ["320701001"]
    inside = await registered(house)
    assert inside["units"][2][1:] == ("人民广场网点", "outlet", "/3207/320701/D/320701001/")
    assert [row[1:] for row in inside["places"] if row[0] == "320701001"] == [
        ("/3207/320701/320701001/", "人民路网点", date(2026, 1, 1), date(2026, 4, 1)),
        ("/3207/320701/D/320701001/", "人民广场网点", date(2026, 4, 1), None),
    ]


async def test_an_older_period_adds_what_is_missing_and_moves_nothing(
    house: House, source: Path
) -> None:
    await _import(house, write_delivery(source / "q2"))
    old = write_delivery(
        source / "q1",
        period="2026Q1",
        units=UNITS.replace("人民路网点", "老网点") + "320702,西山县邮政局,county,3207\n",
        staff=STAFF.replace("customer_manager", "teller") + "S00009,孙梅,teller,3207\n",
        customers=customers_text(customer_line(1, name="老王"), customer_line(2), customer_line(4)),
        balances=Q1_BALANCES,
    )

    imported = await _import(house, old)

    assert imported.intake.changes.staff is None
    inside = await registered(house)
    assert inside["units"][2][1] == "人民路网点"
    assert inside["units"][4][0] == "320702"
    assert [row[0] for row in inside["staff"]] == ["S00001", "S00002", "S00003"]
    assert [row[0] for row in inside["customers"]] == ["C1", "C2", "C3", "C4"]
    assert (await person(house, "C1"))["name"] == "王1"


async def test_posts_follow_the_deliveries_and_others_are_left_alone(
    bureau: Bureau, source: Path
) -> None:
    house = bureau.house
    await _import(
        house,
        write_delivery(
            source / "q1",
            period="2026Q1",
            staff=STAFF + "S00100,孙梅,teller,320701002\nS00101,周红,teller,320701002\n",
            balances=Q1_BALANCES,
        ),
    )
    imported = await _import(
        house,
        write_delivery(source / "q2", staff=STAFF + "S00100,孙梅,lobby_manager,320701002\n"),
    )

    assert imported.intake.changes.staff.changed == ["S00100"]
    assert imported.intake.changes.staff.left == ["S00101"]
    posts = (await registered(house))["posts"]
    assert [row[1:5] for row in posts if row[0] == "S00100"] == [
        ("teller", "320701002", date(2026, 1, 1), date(2026, 4, 1)),
        ("lobby_manager", "320701002", date(2026, 4, 1), None),
    ]
    assert [row[4] for row in posts if row[0] == "S00101"] == [date(2026, 4, 1)]
    # The small bureau's own posts came from no delivery.
    assert [row[4] for row in posts if row[0] == "S00012"] == [None]


@pytest.mark.parametrize("phase", list(Phase))
async def test_an_import_that_breaks_leaves_nothing_and_can_be_repeated(
    house: House, source: Path, phase: Phase
) -> None:
    def kill(at: Phase, share: float) -> None:
        if at is phase and share == 1.0:
            raise Killed

    before = await registered(house)

    with pytest.raises(Killed):
        await _import(house, write_delivery(source), progress=kill)

    assert await registered(house) == before
    assert not list(house.home.glob("deliveries/*/work"))
    assert (await _import(house, source)).intake.is_new


async def test_while_one_import_runs_another_is_turned_away(house: House, source: Path) -> None:
    write_delivery(source)
    async with house.database.own_connection() as connection, connection.transaction():
        await take_turn(connection)
        with pytest.raises(ImportBusy, match="Wait until it has ended"):
            await _import(house, source)

    assert (await _import(house, source)).intake.is_new


async def test_three_months_make_a_quarter(house: House, source: Path) -> None:
    for month, day in (("2026-04", "2026-04-01"), ("2026-05", "2026-05-01")):
        await _import(house, _month(source, month, day))
    with pytest.raises(RatingRefused, match="2026-06 is missing"):
        await rate_quarter(console(house), "2026Q2")

    await _import(house, _month(source, "2026-06", "2026-06-01"))
    await rate_quarter(console(house), "2026Q2")

    async with house.database.connection() as connection:
        rows = await connection.fetch(
            "select c.customer_no, r.balance_days_fen from rating r "
            "join customer c on c.id = r.customer_id order by 1"
        )
    assert [tuple(row) for row in rows] == [("C1", 910), ("C2", 0), ("C3", 0)]


async def test_a_month_of_a_quarter_that_came_whole_is_refused(house: House, source: Path) -> None:
    await _import(house, write_delivery(source / "whole"))

    refusal = await _refusal(house, _month(source, "2026-05", "2026-05-01"))

    assert refusal.code == "QUARTER_DELIVERED"


async def test_a_quarter_after_its_months_must_say_that_it_replaces_them(
    house: House, source: Path
) -> None:
    await _import(house, _month(source, "2026-05", "2026-05-01"))

    refusal = await _refusal(house, write_delivery(source / "whole"))
    await _import(house, write_delivery(source / "restating", restates="2026Q2"))

    assert refusal.code == "MONTHS_DELIVERED"
    assert "2026-05" in refusal.message
    assert (await rate_quarter(console(house), "2026Q2")).is_new


async def test_a_delivery_of_another_bureau_is_refused(house: House, source: Path) -> None:
    await _import(house, write_delivery(source / "ours"))
    theirs = write_delivery(
        source / "theirs", period="2026Q3", bureau="3208", units=UNITS.replace("3207,", "3208,", 1)
    )

    assert (await _refusal(house, theirs)).code == "OTHER_BUREAU"


async def test_the_trail_has_what_was_imported_by_whom_and_how_much(
    bureau: Bureau, source: Path
) -> None:
    await _import(bureau.house, write_delivery(source))
    (source / "balances.csv").write_text("", "utf-8")
    manifest = json.loads((source / "manifest.json").read_text("utf-8"))
    (source / "manifest.json").write_text(json.dumps(manifest | {"complete": False}), "utf-8")
    with pytest.raises(DeliveryRefused):
        await _import(bureau.house, source)

    done, failed = await bureau.entries("delivery:import")

    assert (done["result"], failed["result"]) == ("done", "failed")
    assert done["staff_no"] == "console"
    assert (done["details"]["period"], done["details"]["rows"]) == ("2026Q2", 14)
    assert failed["details"]["problem"] == "PERIOD_DELIVERED"


async def test_a_manager_cannot_import(bureau: Bureau, source: Path) -> None:
    with pytest.raises(NotFound):
        await import_delivery(await bureau.actor("manager1"), write_delivery(source))


async def _amend_phone(bureau: Bureau, number: str, phone: str) -> None:
    """Let the customer's manager write down another phone number."""
    id = await customer_id(bureau.house, number)
    async with bureau.house.database.connection() as connection:
        await connection.execute(
            "update customer set manager_id = $2, home_unit_id = $3 where id = $1",
            id,
            bureau.staff["manager1"],
            bureau.units["320701001"],
        )
    await amend_customer(await bureau.actor("manager1"), id, phone=phone)


def _month(source: Path, month: str, day: str) -> Path:
    line = f"C1,A1,320701001,demand,{day},10"
    return write_delivery(source / month, period=month, balances=balances_text(line))
