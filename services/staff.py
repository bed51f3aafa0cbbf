"""Staff, their posts and passwords."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from authz.action import Action
from domain.errors import NotFound, RuleBroken
from domain.identity import new_id
from domain.sign_in import ensure_password_fit
from domain.staff import Post, Role, Staff
from gate.act import act
from gate.actor import Actor
from gate.house import House
from services.password import password_hash
from store.staff import SessionRecord, StaffPostRecord, StaffRecord
from store.unit import UnitRecord


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
        RuleBroken: The number is taken, or there is no such role or unit.
    """
    async with act(actor, Action.STAFF_ADD) as on:
        on.everywhere()
        if role not in {r.value for r in Role} - {Role.CONSOLE}:
            raise RuleBroken("ROLE_UNKNOWN", f"There is no role {role!r}.", ("input", "role"))
        unit = await UnitRecord.get_or_none(code=unit_code)
        if unit is None:
            raise RuleBroken("UNIT_UNKNOWN", f"There is no unit {unit_code!r}.", ("input", "unit"))
        if await StaffRecord.exists(staff_no=staff_no):
            raise RuleBroken("STAFF_NO_TAKEN", f"{staff_no} is taken.", ("input", "staffNo"))
        record = await StaffRecord.create(
            id=new_id(), staff_no=staff_no, name=name, unit_id=unit.id
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
