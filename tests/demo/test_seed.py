"""Seeding a house: by the real import and rating, whole or not at all, in order with the rules."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from audit.trail import Trail
from authz.policy import policy_in_force
from demo.seed import seed_demo
from demo.seeding import is_awaited
from demo.welcome import DEMO_SIGN_IN, first_manager, suggestions, welcome
from domain.errors import RuleBroken
from domain.obligation import QueueGroup, queue_group
from gate.actor import console
from gate.house import House
from services.calendar import calendar_around
from services.fact import is_demo
from services.obligation import open_obligations
from services.session import sign_in
from store.database import Database
from store.key import open_vault
from store.rule_book import load_rule_book

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FEW = 90


class Killed(Exception):
    """The process ends here."""


@asynccontextmanager
async def _house_over(database: Database, home: Path) -> AsyncIterator[House]:
    async with database.own_connection() as connection:
        vault = await open_vault(connection, home, {}, NOW)
    async with Trail(database.connection, home) as trail:
        policy, rule_book = policy_in_force(), load_rule_book()
        yield House(database, vault, policy, trail, rule_book, lambda: NOW, calendar_around, home)
    vault.close()


@pytest.fixture
async def house(database: Database, home: Path) -> AsyncIterator[House]:
    async with _house_over(database, home) as house:
        yield house


@asynccontextmanager
async def _fresh_house(server: str, template: str, home: Path) -> AsyncIterator[House]:
    """Open a house over a database of its own, for tests that need two, one after the other."""
    at, options = server.split("?")
    start, name = at.rpartition("/")[0], f"demo_{uuid4().hex}"
    administrator = await asyncpg.connect(f"{start}/postgres?{options}")
    await administrator.execute(f"create database {name} template {template}")
    async with (
        Database.opened(f"{start}/{name}?{options}") as database,
        _house_over(database, home) as house,
    ):
        yield house
    await administrator.execute(f"drop database {name} with (force)")
    await administrator.close()


async def _facts(connection: asyncpg.Connection) -> list[tuple[object, ...]]:
    """Return what a seeding makes, without ids and keys."""
    rows = await connection.fetch(
        """
        select c.customer_no, c.tier, c.tier_since_on, c.last_contact_on, c.next_due_on,
               s.staff_no, a.from_on,
               (select count(*) from activity where customer_id = c.id),
               (select count(*) from obligation where customer_id = c.id),
               (select sum(amount_fen)::bigint from care_expense where customer_id = c.id)
        from customer c left join staff s on s.id = c.manager_id
        left join assignment a on a.customer_id = c.id order by c.customer_no
        """
    )
    return [tuple(row) for row in rows]


async def test_a_finished_demo_is_whole_and_keeps_to_the_rules(house: House) -> None:
    assert await seed_demo(house)

    async with house.database.connection() as connection:
        await _check_counts(connection)
        await _check_rules(connection)
        await _check_first_queue(connection)
    swept = await open_obligations(console(house))
    assert (swept.opened, swept.missed, swept.voided) == (0, 0, 0)
    assert not await seed_demo(house)
    await _check_doors(house)


async def _check_counts(connection: asyncpg.Connection) -> None:
    """Six quarters of 3,000 customers, nothing set aside, and movers of every kind."""
    counted = await connection.fetchrow(
        """
        select (select count(*) from customer) as customers,
               (select count(*) from staff) as staff,
               (select count(*) from unit where kind = 'outlet') as outlets,
               (select count(*) from unit where kind = 'county') as counties,
               (select count(*) from rating_run where superseded_by_id is null) as rated,
               (select sum(rows_set_aside) from delivery) as set_aside,
               (select count(distinct state) from complaint) as complaint_states,
               (select count(*) from customer where tier_rank > 0 and manager_id is null) as alone
        """
    )
    assert counted is not None
    assert tuple(counted) == (3000, 120, 40, 6, 6, 0, 4, 0)
    for run in await connection.fetch("select counts from rating_run order by period offset 2"):
        assert run["counts"].keys() >= {"entered", "risen", "kept", "fallen", "left", "outside"}


async def _check_rules(connection: asyncpg.Connection) -> None:
    """No state of an obligation that its activity, its window or its events contradict."""
    broken = await connection.fetch(
        """
        select o.key from obligation o left join activity a on a.id = o.settled_by_id
        where (o.state = 'settled' and not (
                   a.customer_id = o.customer_id and a.outcome = 'reached'
                   and a.happened_on = o.settled_on
                   and a.happened_on between o.opens_on and o.due_on + 31))
           or (o.state = 'open' and o.due_on + 31 < date '2026-11-22')
           or not exists (select from obligation_event e where e.obligation_id = o.id
                          and e.kind = 'opened')
        """
    )
    assert not broken
    late = await connection.fetchval(
        "select count(*) from activity where noted_at > $1 or happened_on > date '2026-11-22'", NOW
    )
    assert late == 0


async def _check_first_queue(connection: asyncpg.Connection) -> None:
    """Who is suggested first has work of every tier for today, and a little that is overdue."""
    rows = await connection.fetch(
        "select o.tier, o.plan_on, o.due_on from obligation o join staff s on s.id = o.owner_id "
        "where s.staff_no = $1 and o.state = 'open'",
        first_manager().staff_no,
    )
    groups = Counter(queue_group(row["plan_on"], row["due_on"], NOW.date()) for row in rows)
    assert 8 <= groups[QueueGroup.TODAY] <= 12
    assert 2 <= groups[QueueGroup.OVERDUE] <= 5
    assert groups[QueueGroup.WEEK] > 5
    assert {row["tier"] for row in rows} == {"vip", "gold", "platinum", "diamond"}


async def _check_doors(house: House) -> None:
    """The doors are open for those whom the demo suggests, and it says that it is one."""
    assert await is_demo(house.database)
    told = await welcome(house.database)
    assert told["isDemo"] is True
    assert told["seededOn"] == "2026-11-22"
    for one in suggestions():
        signed_in = await sign_in(
            house, one.member.staff_no, DEMO_SIGN_IN,
            address="10.0.0.1", request_id="r", language="zh",
        )  # fmt: skip
        assert signed_in.actor.staff.roles == (one.member.role.value,)


async def test_who_is_killed_on_the_way_goes_on_and_comes_to_the_same_end(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with _fresh_house(server, template, tmp_path_factory.mktemp("killed")) as house:
        for ends_at in (0.1, 0.5, 0.7, 0.9, 0.97):
            with pytest.raises(Killed):
                await seed_demo(house, count=FEW, tell=partial(_kill, ends_at))
            await _check_closed(house)
        assert await seed_demo(house, count=FEW)
        async with house.database.connection() as connection:
            goes_on = await _facts(connection)
            assert not await is_awaited(connection)
    async with _fresh_house(server, template, tmp_path_factory.mktemp("whole")) as house:
        await seed_demo(house, count=FEW)
        async with house.database.connection() as connection:
            in_one_go = await _facts(connection)

    assert goes_on == in_one_go


async def _check_closed(house: House) -> None:
    """Nobody can sign in, nothing says that it is a demo, and seeding can go on."""
    async with house.database.connection() as connection:
        assert await is_awaited(connection)
        assert not await connection.fetchval("select count(password_hash) from staff")
    assert not await is_demo(house.database)


def _kill(ends_at: float, what: str, share: float) -> None:
    if share >= ends_at:
        raise Killed(what)


async def test_a_house_with_units_of_its_own_is_refused(house: House) -> None:
    async with house.database.connection() as connection:
        await connection.execute(
            "insert into unit (id, code, name, kind, path) "
            "values (gen_random_uuid(), '1', '市局', 'city', '/1/')"
        )

    with pytest.raises(RuleBroken) as refused:
        await seed_demo(house, count=FEW)

    assert refused.value.code == "HOUSE_NOT_EMPTY"
    assert not await is_demo(house.database)
