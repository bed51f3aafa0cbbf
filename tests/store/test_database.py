"""The pool, transactions that records share with SQL, and the count of statements."""

from uuid import uuid4

import pytest

from store.database import Database
from store.unit import UnitRecord


async def test_records_and_sql_share_one_transaction(database: Database) -> None:
    async with database.transaction() as transaction:
        await _unit("1")
        seen = await transaction.connection.fetchval("select count(*) from unit")

    assert seen == 1


async def test_an_exception_undoes_the_whole_block(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            await _unit("1")
            raise ZeroDivisionError

    assert await UnitRecord.all().count() == 0


async def test_an_inner_block_is_undone_alone(database: Database) -> None:
    async with database.transaction():
        await _unit("1")
        with pytest.raises(ZeroDivisionError):
            async with database.transaction():
                await _unit("2")
                raise ZeroDivisionError

    assert [unit.code for unit in await UnitRecord.all()] == ["1"]


async def test_a_connection_asked_for_inside_a_transaction_is_the_transactions(
    database: Database,
) -> None:
    async with database.transaction() as transaction:
        await _unit("1")
        async with database.connection() as connection:
            seen = await connection.fetchval("select count(*) from unit")
        await transaction.rollback()

    assert seen == 1
    assert await UnitRecord.all().count() == 0


async def test_a_transaction_can_be_committed_before_its_block_ends(database: Database) -> None:
    async with database.transaction() as transaction:
        await _unit("1")
        await transaction.commit()

    assert await UnitRecord.all().count() == 1


async def test_a_read_only_transaction_refuses_to_write(database: Database) -> None:
    with pytest.raises(Exception, match="read-only"):
        async with database.transaction("repeatable read", read_only=True):
            await _unit("1")


async def test_statements_are_counted_without_the_transaction_around_them(
    database: Database,
) -> None:
    async with database.statements() as heard, database.transaction() as transaction:
        await _unit("1")
        await transaction.connection.fetchval("select 1")

    assert len(heard.queries) == 2
    assert heard.all[0].startswith("BEGIN")


async def test_json_goes_in_and_comes_out_as_values(database: Database) -> None:
    async with database.connection() as connection:
        value = await connection.fetchval("select $1::jsonb", {"a": [1, None]})

    assert value == {"a": [1, None]}


async def test_a_transaction_that_sql_left_open_is_undone_before_the_connection_is_lent_again(
    dsn: str,
) -> None:
    async with Database.opened(dsn, pool_max=1) as database:
        async with database.connection() as connection:
            await connection.execute("begin; insert into sign_in_failure values ('x', 1, now())")

        async with database.connection() as connection:
            assert await connection.fetchval("select count(*) from sign_in_failure") == 0


async def _unit(code: str) -> None:
    await UnitRecord.create(id=uuid4(), code=code, name=code, kind="city", path=f"/{code}/")
