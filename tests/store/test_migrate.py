"""Migrations: once and whole, refused where the database was made by other files."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store.migrate import MIGRATIONS, MigrationsDisagree, migrate


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A folder of two migrations of a test's own."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_one.sql").write_text("-- One.\ncreate table one (id int primary key);\n")
    (folder / "0002_two.sql").write_text(
        "create function two() returns int language plpgsql as $$ begin return 2; end $$;\n"
        "insert into one select two();\n"
    )
    return folder


@pytest.fixture
def empty(dsn: str) -> Iterator[str]:
    """The DSN of a database without a table."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("drop schema public cascade; create schema public")
    yield dsn


def test_migrating_twice_is_migrating_once(empty: str, migrations: Path) -> None:
    first, second = migrate(empty, migrations), migrate(empty, migrations)

    assert first.applied_now == ("0001_one", "0002_two")
    assert (second.applied_before, second.applied_now) == (first.applied_now, ())


def test_a_new_file_is_applied_to_what_is_there(empty: str, migrations: Path) -> None:
    migrate(empty, migrations)
    (migrations / "0003_three.sql").write_text("create table three (id int);")

    assert migrate(empty, migrations).applied_now == ("0003_three",)


def test_an_applied_file_that_was_edited_since_is_refused(empty: str, migrations: Path) -> None:
    migrate(empty, migrations)
    (migrations / "0001_one.sql").write_text("create table one (id bigint primary key);")

    with pytest.raises(MigrationsDisagree, match="0001_one has been edited"):
        migrate(empty, migrations)


def test_a_database_of_a_newer_version_is_refused(empty: str, migrations: Path) -> None:
    migrate(empty, migrations)
    (migrations / "0002_two.sql").unlink()

    with pytest.raises(MigrationsDisagree, match="newer"):
        migrate(empty, migrations)


def test_a_file_that_fails_leaves_nothing_of_itself_and_is_tried_again(
    empty: str, migrations: Path
) -> None:
    late = migrations / "0003_late.sql"
    late.write_text("create table late (id int); select 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty, migrations)
    late.write_text("create table late (id int);")

    assert migrate(empty, migrations).applied_now == ("0003_late",)


async def test_two_that_migrate_at_once_do_it_once(empty: str, migrations: Path) -> None:
    (migrations / "0003_slow.sql").write_text("select pg_sleep(0.2); create table slow (id int);")

    both = await asyncio.gather(*(asyncio.to_thread(migrate, empty, migrations) for _ in range(2)))

    assert sorted(len(one.applied_now) for one in both) == [0, 3]


def test_our_own_migrations_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in MIGRATIONS.iterdir() if path.suffix == ".sql")

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
