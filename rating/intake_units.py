"""Bring delivered units into the dated tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.identity import new_id
from domain.unit import unit_path

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PLACE = """
    insert into unit_place (unit_id, parent_id, path, name, from_on) values ($1, $2, $3, $4, $5)
    on conflict (unit_id, from_on) do update
    set parent_id = excluded.parent_id, path = excluded.path, name = excluded.name
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is or shall be; *parent* is a code, '' for the bureau."""

    id: UUID
    code: str
    name: str
    kind: str
    parent: str
    path: str


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """What a delivery changes in the tree, by code.

    Args:
        ids: All units there are then.
    """

    new: Sequence[str]
    changed: Sequence[str]
    ids: Mapping[str, UUID]


async def take_units(
    connection: asyncpg.Connection,
    engine: "DuckDBPyConnection",
    *,
    from_on: date,
    is_newest: bool,
) -> UnitChanges:
    """Add units that are new, and move or rename others if the delivery is the newest.

    A unit stands where a delivery says from the first day of the delivered period. Units that
    are no longer delivered stay: customers and history refer to them.
    """
    known = {unit.code: unit for unit in await _known(connection)}
    wanted = _wanted(known, engine, is_newest=is_newest)
    new = [unit for unit in wanted if unit.code not in known]
    changed = [unit for unit in wanted if unit.code in known and unit != known[unit.code]]
    ids = {unit.code: unit.id for unit in wanted}
    await connection.executemany(
        "insert into unit (id, code, name, kind, parent_id, path) values ($1, $2, $3, $4, $5, $6)",
        [(u.id, u.code, u.name, u.kind, ids.get(u.parent), u.path) for u in new],
    )
    await connection.executemany(
        "update unit set name = $2, kind = $3, parent_id = $4, path = $5 where id = $1",
        [(u.id, u.name, u.kind, ids.get(u.parent), u.path) for u in changed],
    )
    await connection.executemany(
        "update unit_place set until_on = $2 "
        "where unit_id = $1 and until_on is null and from_on < $2",
        [(unit.id, from_on) for unit in changed],
    )
    places = [(u.id, ids.get(u.parent), u.path, u.name, from_on) for u in (*new, *changed)]
    await connection.executemany(_PLACE, places)
    return UnitChanges([u.code for u in new], [u.code for u in changed], ids)


async def _known(connection: asyncpg.Connection) -> list[Unit]:
    rows = await connection.fetch(
        "select u.id, u.code, u.name, u.kind, coalesce(p.code, '') as parent, u.path "
        "from unit u left join unit p on p.id = u.parent_id"
    )
    return [Unit(**row) for row in rows]


def _wanted(
    known: Mapping[str, Unit], engine: "DuckDBPyConnection", *, is_newest: bool
) -> list[Unit]:
    """Return all units as they shall be, parents before children."""
    delivered = engine.execute("select unit_code, name, kind, parent_code from units").fetchall()
    says = {code: (unit.name, unit.kind, unit.parent) for code, unit in known.items()}
    for code, *rest in delivered:
        if is_newest or code not in known:
            says[code] = tuple(rest)
    children: dict[str, list[str]] = {}
    for code in sorted(says):
        children.setdefault(says[code][2], []).append(code)
    wanted: list[Unit] = []
    waiting: list[tuple[str, str | None]] = [(code, None) for code in children.get("", ())]
    while waiting:
        code, above = waiting.pop(0)
        name, kind, parent = says[code]
        path = unit_path(code, above)
        unit_id = known[code].id if code in known else new_id()
        wanted.append(Unit(unit_id, code, name, kind, parent, path))
        waiting.extend((child, path) for child in children.get(code, ()))
    return wanted
