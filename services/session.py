"""Sign in and out; know who acts by the token of their session."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from audit.entry import session_code
from authz.action import Action
from domain.errors import RuleBroken
from domain.identity import new_id
from domain.sign_in import SESSION_LENGTH, ensure_password_fit, is_session_live
from domain.staff import NOBODY, is_staff_no
from gate.act import act
from gate.actor import Actor
from gate.house import House
from services.password import is_password, password_hash
from services.sign_in_try import count_failure, count_try, forget_tries
from services.staff import staff_with_posts
from store.staff import SessionRecord, StaffRecord

SEEN_EVERY = timedelta(minutes=1)  # a write a minute, not one a request


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: its token goes into the cookie and nowhere else."""

    token: str
    actor: Actor


async def sign_in(
    house: House, staff_no: str, password: str, *, address: str, request_id: str, language: str
) -> SignedIn:
    """Open a session for who knows the password of *staff_no*.

    Raises:
        RuleBroken: Number or password is wrong (which of them is not told), or it is too soon.
    """
    staff_no = staff_no.strip()
    record = None
    if is_staff_no(staff_no):
        record = await StaffRecord.get_or_none(staff_no=staff_no, is_active=True)
    try:
        await count_try(house, staff_no, address)
        kept = record.password_hash if record else None
        if not await is_password(password, kept) or record is None:
            await count_failure(house, address)
            raise RuleBroken(
                "SIGN_IN_REFUSED",
                "Staff number or password is wrong. Check both and try again.",
                ("input", "password"),
            )
    except RuleBroken:
        async with act(Actor(house, NOBODY, "", request_id, language), Action.SIGN_IN) as on:
            on.details["staff"] = record.id if record else "unknown"
            raise
    await forget_tries(house, staff_no)
    return await _open_session(house, record, request_id, language)


async def sign_out(actor: Actor) -> None:
    """End the session that *actor* acts in."""
    async with act(actor, Action.SIGN_OUT, is_essential=True) as on:
        await on.connection.execute(
            "update session set ended_at = $1, ended_because = 'signed out' "
            "where staff_id = $2 and ended_at is null "
            "and left(encode(token_sha256, 'hex'), 16) = $3",
            actor.house.now(),
            actor.staff.id,
            actor.session,
        )


async def change_password(actor: Actor, *, current: str, new: str) -> None:
    """Give the actor a new password, and end their other sessions.

    Raises:
        RuleBroken: The current one is wrong, tried too often, or the new one is not fit.
    """
    record = await StaffRecord.get(id=actor.staff.id)
    try:
        await count_try(actor.house, record.staff_no)
        if not await is_password(current, record.password_hash):
            raise RuleBroken(
                "PASSWORD_WRONG", "This is not your present password.", ("input", "current")
            )
    except RuleBroken:
        async with act(actor, Action.PASSWORD_CHANGE):
            raise
    await forget_tries(actor.house, record.staff_no)
    async with act(actor, Action.PASSWORD_CHANGE) as on:
        ensure_password_fit(new, record.staff_no, ("input", "new"))
        record.password_hash = await password_hash(new)
        await record.save(update_fields=["password_hash"])
        await on.connection.execute(
            "update session set ended_at = $1, ended_because = 'password changed' "
            "where staff_id = $2 and ended_at is null "
            "and left(encode(token_sha256, 'hex'), 16) <> $3",
            actor.house.now(),
            actor.staff.id,
            actor.session,
        )


async def choose_language(actor: Actor, *, language: str) -> None:
    """Have the pages and messages speak *language* ('zh' or 'en') to the actor from now on."""
    async with act(actor, Action.LANGUAGE_CHOOSE):
        if language not in ("zh", "en"):
            raise RuleBroken("LANGUAGE_UNKNOWN", "Choose zh or en.", ("input", "language"))
        await StaffRecord.filter(id=actor.staff.id).update(language=language)


async def actor_of(
    house: House, token: str | None, *, request_id: str, language: str | None
) -> Actor | None:
    """Return who acts by the session of *token*; None if there is none that still counts."""
    if not token:
        return None
    digest = hashlib.sha256(token.encode()).digest()
    session = await SessionRecord.get_or_none(token_sha256=digest, ended_at=None).select_related(
        "staff"
    )
    now = house.now()
    if session is None or not session.staff.is_active:
        return None
    if not is_session_live(session.seen_at, session.expires_at, now):
        return None
    if now - session.seen_at > SEEN_EVERY:
        await SessionRecord.filter(id=session.id).update(seen_at=now)
    staff = await staff_with_posts(house, session.staff)
    return Actor(
        house,
        staff,
        session_code(digest),
        request_id,
        language or session.staff.language,
        session.before_at,
        session.expires_at,
    )


async def _open_session(
    house: House, record: StaffRecord, request_id: str, language: str
) -> SignedIn:
    token, now = secrets.token_urlsafe(32), house.now()
    digest, expires_at = hashlib.sha256(token.encode()).digest(), now + SESSION_LENGTH
    staff = await staff_with_posts(house, record)
    session, before_at = session_code(digest), record.signed_in_at
    actor = Actor(house, staff, session, request_id, language, before_at, expires_at)
    async with act(actor, Action.SIGN_IN):
        if not staff.posts:
            raise RuleBroken(
                "NO_POST", "You hold no post today. Ask the security administrator.", ("input",)
            )
        await SessionRecord.create(
            id=new_id(),
            staff_id=record.id,
            token_sha256=digest,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
            before_at=before_at,
        )
        await StaffRecord.filter(id=record.id).update(signed_in_at=now)
    return SignedIn(token, actor)


def new_request_id() -> str:
    """Return the number that a person quotes and the trail and the log carry."""
    return uuid4().hex
