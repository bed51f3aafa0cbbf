"""Who is signed in, and what they may."""

from datetime import date, datetime

import strawberry

from domain.staff import Role
from gate.actor import Actor
from reading.node import read_node
from schema.context import Info
from schema.declare import shown
from schema.staff import Staff
from schema.unit import Unit
from services.staff import PostHeld, posts_of


@strawberry.type(description="A role held at a unit.")
class Post:
    """A role held at a unit."""

    held: strawberry.Private[PostHeld]

    @strawberry.field(description="What they are employed to do there.")
    def role(self) -> Role:
        """Return the role."""
        return Role(self.held.role)

    @strawberry.field(description="Where.")
    async def unit(self, info: Info) -> Unit:
        """Read the unit."""
        unit: Unit = await read_node(info, "Unit", self.held.unit_id, is_named=True)
        return unit

    @strawberry.field(description="Since when.")
    def from_on(self) -> date:
        """Return the first day."""
        return self.held.from_on


@strawberry.type(description="The one who is signed in.")
class Me:
    """The one who is signed in."""

    actor: strawberry.Private[Actor]
    chosen_language: strawberry.Private[str | None] = None

    @classmethod
    def of(cls, actor: Actor, language: str | None = None) -> "Me":
        """Return *actor* as the pages see themselves."""
        return cls(actor=actor, chosen_language=language)

    @strawberry.field(description="Their staff record.")
    async def staff(self, info: Info) -> Staff:
        """Read the staff record."""
        staff: Staff = await read_node(info, "Staff", self.actor.staff.id, is_named=True)
        return staff

    @strawberry.field(description="The posts held today.")
    async def posts(self) -> list[Post]:
        """Read the posts."""
        return [Post(held=held) for held in await posts_of(self.actor)]

    @strawberry.field(description="Actions allowed somewhere, like 'activity:note'.")
    def may(self) -> list[str]:
        """Return the actions."""
        return list(self.actor.permissions.may)

    @strawberry.field(description="The language of pages and messages: 'zh' or 'en'.")
    def language(self) -> str:
        """Return the language."""
        return self.chosen_language or self.actor.language

    @strawberry.field(description="When they had signed in the time before; null the first time.")
    def last_signed_in_at(self) -> datetime | None:
        """Return the instant."""
        return self.actor.signed_in_before_at

    @strawberry.field(description="When this session ends in any case.")
    def session_expires_at(self) -> datetime | None:
        """Return the instant."""
        return self.actor.session_expires_at

    @strawberry.field(description="Whether this is the made-up bureau.")
    def is_demo(self) -> bool:
        """Tell whether it is a demo."""
        return self.actor.house.is_demo


@shown
class MeQuery:
    """Questions about oneself."""

    @strawberry.field(description="Who is signed in; null when nobody is.")
    def me(self, info: Info) -> Me | None:
        """Return who is signed in."""
        actor = info.context.actor
        return Me.of(actor) if actor else None
