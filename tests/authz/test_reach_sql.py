"""The SQL filter of a reach selects exactly the rows that policy admits."""

from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz.action import Action
from authz.permissions import Reach
from authz.policy import policy_in_force
from domain.staff import Post, Role, Staff
from store.database import Database

POLICY = policy_in_force()
STAFF = [UUID(int=n) for n in range(3)]
# Neighbours in every collation: a path that begins with another one's code, and what sorts around.
PATHS = [
    "/",
    "/1/",
    "/1/11/",
    "/1/1/",
    "/1/11/112/",
    "/1/110/",
    "/1/12/121/",
    "/10/",
    "/2/",
    "/1_/",
]
PATHS += ["/1/11-a/", "/1/1A/", "/1/1a/11/"]

people = st.builds(
    Staff,
    id=st.sampled_from([None, *STAFF]),
    staff_no=st.just("S1"),
    name=st.just(""),
    posts=st.lists(
        st.builds(Post, st.sampled_from(list(Role)), st.sampled_from(PATHS)), max_size=3
    ).map(tuple),
)
rows = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from([None, *STAFF])), min_size=1, max_size=20
)
fields = st.sampled_from(["*", "name", "phone", "id_number", "amounts"])


async def _selected(
    database: Database, reaches: tuple[Reach, Reach], rows: list[tuple[str, UUID | None]]
) -> list[int]:
    arguments: list[object] = [[path for path, _ in rows], [manager for _, manager in rows]]
    allowed, denied = (one.sql("r.path", "r.manager_id", arguments) for one in reaches)
    async with database.connection() as connection:
        found = await connection.fetch(
            "select r.place from unnest($1::text[], $2::uuid[]) with ordinality "
            f"as r(path, manager_id, place) where {allowed} and not coalesce({denied}, false) "
            "order by r.place",
            *arguments,
        )
    return [row["place"] - 1 for row in found]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=people, action=st.sampled_from(list(Action)), field=fields, rows=rows)
async def test_the_database_selects_what_policy_admits_row_by_row(
    database: Database, who: Staff, action: Action, field: str, rows: list[tuple[str, UUID | None]]
) -> None:
    permissions = POLICY.permissions_of(who)

    selected = await _selected(database, permissions.reach(action, field), rows)

    assert selected == [
        place for place, row in enumerate(rows) if permissions.allows(action, *row, field)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    within=st.sets(st.sampled_from(PATHS)),
    own=st.sampled_from([None, *STAFF]),
    but=st.sets(st.sampled_from(PATHS)),
    rows=rows,
)
async def test_a_denied_reach_takes_out_exactly_its_rows(
    database: Database,
    within: set[str],
    own: UUID | None,
    but: set[str],
    rows: list[tuple[str, UUID | None]],
) -> None:
    allowed, denied = Reach(within=tuple(within), own=own), Reach(within=tuple(but))

    selected = await _selected(database, (allowed, denied), rows)

    assert selected == [
        place
        for place, row in enumerate(rows)
        if allowed.includes(*row) and not denied.includes(*row)
    ]


async def test_a_row_without_a_manager_is_nobodys_own_also_where_own_is_denied(
    database: Database,
) -> None:
    everything, own = Reach(is_any=True), Reach(own=uuid4())

    assert await _selected(database, (everything, own), [("/1/", None)]) == [0]
    assert await _selected(database, (own, Reach()), [("/1/", None)]) == []
