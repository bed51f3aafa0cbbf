"""The gate for changes: decide, run one transaction, have the trail remember how it came out."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar
from uuid import UUID

import asyncpg

from audit.entry import Detail, Entry, Result, Shown
from authz.action import SELF_SERVICE, Action
from domain.errors import NotFound, NotSignedIn, RuleBroken
from gate.actor import Actor


class Placed(Protocol):
    """A record that policy can be asked about."""

    id: UUID

    @property
    def unit_path(self) -> str:
        """Path of the unit it belongs to; '/' if none yet."""

    @property
    def kept_by_id(self) -> UUID | None:
        """The staff whose own it is."""


R = TypeVar("R", bound=Placed)


class Undecided(Exception):
    """A service ended its act without asking whether it may: a bug, undone."""


class On:
    """Picks up the record that is acted on, and decides; `actor` may or `NotFound`.

    Args:
        connection: The transaction's asyncpg connection, for hand-written SQL.
    """

    def __init__(self, actor: Actor, action: Action, field: str, connection: asyncpg.Connection):
        self.actor = actor
        self.action = action
        self.field = field
        self.connection = connection
        self.details: dict[str, Detail] = {}
        self.shown: dict[str, Shown] = {}
        self.purpose = ""
        self.customers: tuple[UUID, ...] = ()
        self._rows: list[UUID] = []
        self._type = ""
        self._decided = action in SELF_SERVICE

    def __call__(self, record: R | None) -> R:
        """Return *record* if the actor may act on it.

        Raises:
            NotFound: There is none, or the actor may not: one answer.
        """
        if record is None:
            self.details["why"] = "missing"
            raise NotFound
        self._type = type(record).__name__.removesuffix("Record")
        self._rows.append(record.id)
        permissions = self.actor.permissions
        if not permissions.allows(self.action, record.unit_path, record.kept_by_id, self.field):
            self.details["why"] = "not_allowed"
            raise NotFound
        self._decided = True
        return record

    def everywhere(self) -> None:
        """Decide an act on the whole bank.

        Raises:
            NotFound: The actor may not do it everywhere.
        """
        allowed, denied = self.actor.permissions.reach(self.action, self.field)
        if not allowed.is_any or denied:
            self.details["why"] = "not_allowed"
            raise NotFound
        self._decided = True

    def ensure_decided(self) -> None:
        """Refuse to commit what nobody decided.

        Raises:
            Undecided: Neither `__call__` nor `everywhere` was reached.
        """
        if not self._decided:
            raise Undecided(f"{self.action} was never decided: call on(record) or on.everywhere().")

    def entry(self, result: Result, more: Mapping[str, Detail] | None = None) -> Entry:
        """Return what the trail is to remember."""
        staff = self.actor.staff
        line = self.actor.permissions.because(self.action, self.field)
        return Entry(
            at=self.actor.house.now(),
            action=self.action.value,
            result=result,
            staff_id=staff.id,
            staff_no=staff.staff_no,
            roles=staff.roles,
            unit=staff.posts[0].unit_path if staff.posts else "",
            session=self.actor.session,
            type=self._type,
            rows=tuple(self._rows),
            customers=self.customers,
            fields=self.shown if result is Result.DONE else {},
            line=line if result is Result.DONE else "",
            purpose=self.purpose,
            policy=self.actor.permissions.version,
            request=self.actor.request_id,
            details={**self.details, **(more or {})},
        )


@asynccontextmanager
async def act(
    actor: Actor | None, action: Action, *, field: str = "*", is_essential: bool = False
) -> AsyncIterator[On]:
    """Open the gate for one act: one decision, one transaction, one audit entry.

    The entry of what was done commits with the change itself. What was refused or failed is
    written after the rollback: inside it, a refusal would erase its own record.

    Args:
        is_essential: For what must work while the trail is down (signing out): the entry is
            written after the change, over the local spool if need be.

    Raises:
        NotSignedIn: There is no actor.
        NotFound: Refused or missing.
        TrailUnavailable: The trail cannot take the entry; nothing was changed.
    """
    if actor is None:
        raise NotSignedIn
    trail = actor.house.trail
    on: On | None = None
    try:
        async with actor.house.database.transaction() as transaction:
            on = On(actor, action, field, transaction.connection)
            yield on
            on.ensure_decided()
            if is_essential:
                await transaction.commit()
            else:
                async with trail.within(transaction.connection, on.entry(Result.DONE)):
                    await transaction.commit()
        if is_essential:
            await trail.append_or_spool(on.entry(Result.DONE), is_essential=True)
    except NotFound:
        if on:
            await trail.append(on.entry(Result.REFUSED))
        raise
    except RuleBroken as broken:
        if on:
            await trail.append(on.entry(Result.FAILED, {"problem": broken.code}))
        raise
    except Exception as error:
        if on:
            on.details = {}  # they may be what an entry refuses
            await trail.append(on.entry(Result.FAILED, {"error": type(error).__name__}))
        raise
