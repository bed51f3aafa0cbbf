"""Staff, their posts and passwords."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from authz.action import Action
from domain.errors import NotFound, RuleBroken
from domain.identity import new_id
from domain.sign_in import SESSION_IDLE, ensure_password_fit
from domain.staff import Post, Role, Staff, is_staff_no
from gate.act import act
from gate.actor import Actor
from gate.house import House
from services.password import password_hash
from store.staff import SessionRecord, StaffPostRecord, StaffRecord
from store.unit import UnitRecord

_LISTED = """
    select s.staff_no, s.name, s.is_active, s.password_hash is not null,
           array(select (p.role, u.code) from staff_post p join unit u on u.id = p.unit_id
                 where p.staff_id = s.id and p.from_on <= $1
                   and (p.until_on is null or p.until_on > $1)
                 order by u.path, p.role),
           s.signed_in_at,
           (select count(*) from session n
            where n.staff_id = s.id and n.ended_at is null and n.expires_at > $2
              and n.seen_at > $3)
    from staff s order by s.staff_no
"""


async def staff_with_posts(house: House, record: StaffRecord) -> Staff:
    """Return *record* as policy sees it, with the posts held today."""
    async with house.database.connection() as connection:
        rows = await connection.fetch(
            "select p.role, u.path from staff_post p join unit u on u.id = p.unit_id "
            "where p.staff_id = $1 and p.from_on <= $2 and (p.until_on is null or p.until_on > $2) "
            "order by u.path, p.role",
            record.id,
            house.today(),
        )
    posts = tuple(Post(Role(row["role"]), row["path"]) for row in rows)
    return Staff(record.id, record.staff_no, record.name, posts)


async def add_staff(actor: Actor, *, staff_no: str, name: str, role: str, unit_code: str) -> UUID:
    """Add a member of staff with one post from today; they get a password by `set_password`.

    Raises:
        RuleBroken: The number is taken or none, the name is empty, or role or unit is unknown.
    """
    async with act(actor, Action.STAFF_ADD) as on:
        on.everywhere()
        if not is_staff_no(staff_no):
            raise RuleBroken(
                "STAFF_NO_SHAPE",
                "A staff number has 1 to 20 Latin letters, digits, - or _.",
                ("input", "staffNo"),
            )
        if not name.strip():
            raise RuleBroken("STAFF_NAME_EMPTY", "Give the name too.", ("input", "name"))
        if role not in {r.value for r in Role} - {Role.CONSOLE}:
            raise RuleBroken("ROLE_UNKNOWN", f"There is no role {role!r}.", ("input", "role"))
        unit = await UnitRecord.get_or_none(code=unit_code)
        if unit is None:
            raise RuleBroken("UNIT_UNKNOWN", f"There is no unit {unit_code!r}.", ("input", "unit"))
        if await StaffRecord.exists(staff_no=staff_no):
            raise RuleBroken("STAFF_NO_TAKEN", f"{staff_no} is taken.", ("input", "staffNo"))
        record = await StaffRecord.create(
            id=new_id(), staff_no=staff_no, name=name.strip(), unit_id=unit.id
        )
        await StaffPostRecord.create(
            id=new_id(),
            staff_id=record.id,
            role=role,
            unit_id=unit.id,
            from_on=actor.house.today(),
        )
        on.details["added"] = record.id
        return record.id


async def set_password(actor: Actor, *, staff_no: str, password: str) -> None:
    """Give *staff_no* a password, and end all their sessions.

    Raises:
        NotFound: There is no such member of staff.
        RuleBroken: The password is not fit.
    """
    async with act(actor, Action.PASSWORD_SET) as on:
        on.everywhere()
        record = await StaffRecord.get_or_none(staff_no=staff_no)
        if record is None:
            raise NotFound
        ensure_password_fit(password, staff_no, ("input", "password"))
        record.password_hash = await password_hash(password)
        await record.save(update_fields=["password_hash"])
        await SessionRecord.filter(staff_id=record.id, ended_at=None).update(
            ended_at=actor.house.now(), ended_because="password set"
        )
        on.details["staff"] = record.id


async def end_sessions(actor: Actor, *, staff_no: str) -> int:
    """End all sessions that *staff_no* has open; return how many.

    Raises:
        NotFound: There is no such member of staff.
    """
    async with act(actor, Action.SESSIONS_END) as on:
        on.everywhere()
        record = await StaffRecord.get_or_none(staff_no=staff_no)
        if record is None:
            raise NotFound
        ended = await SessionRecord.filter(staff_id=record.id, ended_at=None).update(
            ended_at=actor.house.now(), ended_because="ended by another"
        )
        on.details |= {"staff": record.id, "ended": ended}
        return ended


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of staff in a list for the server's console.

    Args:
        posts: Role and unit code of each post held today.
        sessions: How many still count.
    """

    staff_no: str
    name: str
    is_active: bool
    has_password: bool
    posts: list[tuple[str, str]]
    signed_in_at: datetime | None
    sessions: int


async def read_staff(actor: Actor) -> list[Listed]:
    """Return all staff by number, with the posts held today and the sessions they have open."""
    async with act(actor, Action.STAFF_READ) as on:
        on.everywhere()
        now = actor.house.now()
        rows = await on.connection.fetch(_LISTED, actor.house.today(), now, now - SESSION_IDLE)
        return [Listed(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post that a member of staff holds today."""

    role: str
    unit_id: UUID
    from_on: date


async def posts_of(actor: Actor) -> list[PostHeld]:
    """Return the posts that the actor holds today, in a fixed order."""
    records = await StaffPostRecord.filter(staff_id=actor.staff.id).order_by("role", "unit_id")
    today = actor.house.today()
    return [
        PostHeld(record.role, record.unit_id, record.from_on)
        for record in records
        if record.from_on <= today and (record.until_on is None or record.until_on > today)
    ]
