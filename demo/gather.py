"""Read what the real import and the real ratings made of the deliveries, as histories need it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from demo.customer import Customer
from demo.kept import Keeper, Kept, Rating, tenures_of
from demo.person import Person
from demo.span import BUREAU_ZONE
from domain.money import daily_average_fen
from domain.period import Quarter
from domain.staff import Role

_RATINGS = """
    select r.customer_id, n.period, n.rated_at, n.days, r.tier, r.balance_days_fen
    from rating r join rating_run n on n.id = r.run_id
    where n.superseded_by_id is null order by r.customer_id, n.period
"""
_CUSTOMERS = """
    select id, customer_no, home_unit_id, manager_id from customer
    where manager_id is not null and home_unit_id is not null order by customer_no
"""
_POSTS = "select staff_id, role, unit_id from staff_post where until_on is null order by staff_id"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The bureau as it stands after the last rating.

    Args:
        kept: Customers with a manager, by the manager's staff id.
        takers: By outlet, who takes complaints there.
    """

    kept: Mapping[UUID, list[Kept]]
    takers: Mapping[UUID, list[UUID]]


@dataclass(frozen=True, slots=True)
class _Rated:
    ratings: list[Rating]
    averages_fen: list[int]

    def changes_pct(self) -> list[tuple[date, float]]:
        """Return by how much each average differs from the one before, and when that was known."""
        return [
            (rating.rated_on, 100 * (now - before) / before if before else 0.0)
            for rating, before, now in zip(
                self.ratings[1:], self.averages_fen, self.averages_fen[1:], strict=False
            )
        ]


async def gathered(connection: asyncpg.Connection, everybody: Mapping[str, Customer]) -> Gathered:
    """Read the bureau.

    Args:
        connection: To its database.
        everybody: Who was made up, by customer number: nothing needs to be unsealed.
    """
    rated = _rated(await connection.fetch(_RATINGS))
    roles: dict[UUID, set[str]] = defaultdict(set)
    heads: dict[UUID, UUID] = {}
    takers: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await connection.fetch(_POSTS):
        roles[row["staff_id"]].add(row["role"])
        takers[row["unit_id"]].append(row["staff_id"])
        if row["role"] == Role.OUTLET_HEAD:
            heads[row["unit_id"]] = row["staff_id"]
    kept: dict[UUID, list[Kept]] = defaultdict(list)
    for row in await connection.fetch(_CUSTOMERS):
        who = everybody[row["customer_no"]].who
        manager_id, head_id = row["manager_id"], heads[row["home_unit_id"]]
        kept[manager_id].append(
            Kept(
                customer_id=row["id"],
                customer_no=row["customer_no"],
                occupation=who.occupation if isinstance(who, Person) else "",
                birth_date=who.birth_date if isinstance(who, Person) else None,
                unit_id=row["home_unit_id"],
                manager=Keeper(manager_id, frozenset(roles[manager_id])),
                head=Keeper(head_id, frozenset(roles[head_id])),
                tenures=tenures_of(rated[row["id"]].ratings),
                changes_pct=rated[row["id"]].changes_pct(),
            )
        )
    return Gathered(kept, takers)


def _rated(rows: list[asyncpg.Record]) -> dict[UUID, _Rated]:
    rated: dict[UUID, _Rated] = {}
    for row in rows:
        one = rated.setdefault(row["customer_id"], _Rated([], []))
        since_on = Quarter.parse_quarter(row["period"]).next().first_on
        rated_on = row["rated_at"].astimezone(BUREAU_ZONE).date()
        one.ratings.append(Rating(since_on, rated_on, row["tier"]))
        one.averages_fen.append(daily_average_fen(row["balance_days_fen"], row["days"]))
    return rated
