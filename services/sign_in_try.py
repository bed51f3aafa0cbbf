"""Tries to sign in, counted by account and by address, so that guessing slows down."""

import hashlib
from datetime import timedelta

import asyncpg

from domain.sign_in import FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, ensure_may_try
from gate.house import House

COOLS_OFF = timedelta(hours=1)  # after the last failure


async def count_try(house: House, staff_no: str, address: str | None = None) -> None:
    """Count a try for *staff_no* before its password is looked at, unless it comes too soon.

    Counted afterwards, many tries at once would all pass. The right password takes the count
    back (`forget_tries`). Many people share an address: there only failures count.

    Raises:
        RuleBroken: It comes too soon, for the account or for the address.
    """
    account, now = _account(staff_no), house.now()
    async with house.database.transaction() as transaction:
        connection = transaction.connection
        await connection.execute(
            "delete from sign_in_failure where failed_at < $1", now - COOLS_OFF
        )
        if address is not None:
            await _ensure_may_try(house, connection, _address(address), FREE_FAILURES_OF_ADDRESS)
        await connection.execute(
            "insert into sign_in_failure (subject, failures, failed_at) values ($1, 0, $2) "
            "on conflict do nothing",
            account,
            now,
        )
        await _ensure_may_try(house, connection, account, FREE_FAILURES)
        await connection.execute(
            "update sign_in_failure set failures = failures + 1, failed_at = $2 where subject = $1",
            account,
            now,
        )


async def count_failure(house: House, address: str) -> None:
    """Count a failure for *address*."""
    async with house.database.connection() as connection:
        await connection.execute(
            "insert into sign_in_failure (subject, failures, failed_at) values ($1, 1, $2) "
            "on conflict (subject) do update "
            "set failures = sign_in_failure.failures + 1, failed_at = $2",
            _address(address),
            house.now(),
        )


async def forget_tries(house: House, staff_no: str) -> None:
    """Forget the tries for *staff_no*: the password was right."""
    async with house.database.connection() as connection:
        await connection.execute(
            "delete from sign_in_failure where subject = $1", _account(staff_no)
        )


async def _ensure_may_try(
    house: House, connection: asyncpg.Connection, subject: str, free: int
) -> None:
    row = await connection.fetchrow(
        "select failures, failed_at from sign_in_failure where subject = $1 for update", subject
    )
    if row is not None:
        ensure_may_try(row["failures"], row["failed_at"], house.now(), free)


def _account(staff_no: str) -> str:
    return _subject("staff", staff_no.upper())


def _address(address: str) -> str:
    return _subject("address", address)


def _subject(kind: str, name: str) -> str:
    return f"{kind}:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
