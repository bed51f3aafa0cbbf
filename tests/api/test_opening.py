"""Opening WEIHU_HOME: from nothing, with keys that the database's account cannot read."""

import os
from pathlib import Path

import pytest

from api.opening import HomeUnusable, opened, prepare_home
from api.settings import Settings
from store.child import NOBODY, ChildAccount
from store.migrate import DatabaseUnsuitable, MigrationsDisagree
from store.postmaster import Postmaster


async def test_an_empty_home_is_opened_migrated_and_left_at_rest(home: Path) -> None:
    async with opened(_settings(home)) as ground, ground.database.connection() as connection:
        units = await connection.fetchval("select count(*) from unit")

    assert units == 0
    assert ground.migrated.applied_now
    assert not Postmaster(home / "pg" / "data").runs()


async def test_a_first_start_says_what_takes_a_while_and_a_second_is_silent(home: Path) -> None:
    first: list[str] = []
    second: list[str] = []

    async with opened(_settings(home), tell=first.append):
        pass
    async with opened(_settings(home), tell=second.append):
        pass

    assert first[0] == f"Setting up the database in {home}/pg (only once) …"
    assert not [said for said in second if "Waiting" not in said]  # as it may on a busy machine


async def test_a_given_database_needs_no_server_of_ours(dsn: str, home: Path) -> None:
    async with opened(_settings(home, DATABASE_URL=dsn)) as ground:
        assert ground.migrated.applied_now == ()

    assert not (home / "pg").exists()


async def test_a_failure_inside_still_leaves_the_server_at_rest(home: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with opened(_settings(home)):
            raise ZeroDivisionError

    assert not Postmaster(home / "pg" / "data").runs()


def test_keys_are_closed_to_the_account_that_the_database_runs_as(home: Path) -> None:
    prepare_home(home / "new")

    keys = home / "new" / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    if os.geteuid() == 0:
        assert not ChildAccount(NOBODY).may_reach(keys)


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(HomeUnusable, match="Set WEIHU_HOME"):
        prepare_home(tmp_path / "file")


def test_trouble_that_a_person_can_mend_is_no_bug() -> None:
    from api.mishap import sentence_for

    assert sentence_for(OSError(28, "No space left on device"))
    assert sentence_for(ConnectionRefusedError("no"))
    assert sentence_for(DatabaseUnsuitable("old")) == "old"
    assert sentence_for(MigrationsDisagree("edited")) == "edited"
    assert sentence_for(KeyError("a bug")) is None


def _settings(home: Path, **environ: str) -> Settings:
    return Settings.from_environment({"WEIHU_HOME": str(home), **environ})
