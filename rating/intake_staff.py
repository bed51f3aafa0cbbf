"""Bring delivered staff in, with the posts that deliveries give and end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.identity import new_id

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class StaffChanges:
    """What a delivery changes among staff, by number.

    Args:
        left: Whose delivered posts all end because they are no longer delivered.
    """

    new: Sequence[str]
    changed: Sequence[str]
    left: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Delivered:
    staff_no: str
    name: str
    role: str
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class _Post:
    id: UUID
    staff_no: str
    role: str
    unit_id: UUID
    from_on: date
    is_delivered: bool


async def take_staff(
    connection: asyncpg.Connection,
    engine: "DuckDBPyConnection",
    units: Mapping[str, UUID],
    *,
    from_on: date,
    is_complete: bool,
) -> StaffChanges:
    """Add new staff, and give and end posts; a post that no delivery gave is left alone.

    Args:
        from_on: First day of the delivered period: from then on posts are held or ended.
        is_complete: Whether those who are absent have left; they keep their record, and without
            a post they may nothing.
    """
    delivered = [
        _Delivered(number, name, role, units[unit])
        for number, name, role, unit in engine.execute(
            "select staff_no, name, role, unit_code from staff order by staff_no"
        ).fetchall()
    ]
    rows = await connection.fetch("select staff_no, id, name, unit_id from staff")
    known = {row["staff_no"]: row for row in rows}
    posts = await _open_posts(connection)
    new = [each for each in delivered if each.staff_no not in known]
    ids = {number: row["id"] for number, row in known.items()}
    ids |= {each.staff_no: new_id() for each in new}
    await connection.executemany(
        "insert into staff (id, staff_no, name, unit_id) values ($1, $2, $3, $4)",
        [(ids[each.staff_no], each.staff_no, each.name, each.unit_id) for each in new],
    )
    renamed = [
        each
        for each in delivered
        if each.staff_no in known
        and (known[each.staff_no]["name"], known[each.staff_no]["unit_id"])
        != (each.name, each.unit_id)
    ]
    await connection.executemany(
        "update staff set name = $2, unit_id = $3 where id = $1",
        [(ids[each.staff_no], each.name, each.unit_id) for each in renamed],
    )
    moved = await _move(connection, delivered, posts, ids, from_on)
    here = {each.staff_no for each in delivered}
    gone = [post for post in posts if post.is_delivered and post.staff_no not in here]
    if is_complete:
        await _end(connection, gone, from_on)
    changed = ({each.staff_no for each in renamed} | moved) - {each.staff_no for each in new}
    left = {post.staff_no for post in gone} if is_complete else set()
    return StaffChanges([each.staff_no for each in new], sorted(changed), sorted(left))


async def _move(
    connection: asyncpg.Connection,
    delivered: Sequence[_Delivered],
    posts: Sequence[_Post],
    ids: Mapping[str, UUID],
    from_on: date,
) -> set[str]:
    """End delivered posts that are now others, and give those; return whose they are."""
    wanted = {each.staff_no: (each.role, each.unit_id) for each in delivered}
    ended = [
        post
        for post in posts
        if post.is_delivered
        and post.staff_no in wanted
        and wanted[post.staff_no] != (post.role, post.unit_id)
    ]
    held = {(post.staff_no, post.role, post.unit_id) for post in posts}
    given = [each for each in delivered if (each.staff_no, each.role, each.unit_id) not in held]
    await _end(connection, ended, from_on)
    await connection.executemany(
        "insert into staff_post (id, staff_id, role, unit_id, from_on, is_delivered) "
        "values ($1, $2, $3, $4, $5, true)",
        [(new_id(), ids[each.staff_no], each.role, each.unit_id, from_on) for each in given],
    )
    return {post.staff_no for post in ended} | {each.staff_no for each in given}


async def _end(connection: asyncpg.Connection, posts: Sequence[_Post], from_on: date) -> None:
    """End posts; one that began no earlier was held for a day, so that its trace stays."""
    await connection.executemany(
        "update staff_post set until_on = $2 where id = $1",
        [(post.id, max(from_on, post.from_on + timedelta(days=1))) for post in posts],
    )


async def _open_posts(connection: asyncpg.Connection) -> list[_Post]:
    rows = await connection.fetch(
        "select p.id, s.staff_no, p.role, p.unit_id, p.from_on, p.is_delivered "
        "from staff_post p join staff s on s.id = p.staff_id where p.until_on is null"
    )
    return [_Post(**row) for row in rows]
