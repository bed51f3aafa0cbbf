"""Who acts now: a member of staff, what they may, and the request they act in."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import uuid4

from authz.permissions import Permissions
from domain.staff import CONSOLE, Staff
from gate.house import House


@dataclass(frozen=True)
class Actor:
    """A member of staff in one request.

    Args:
        session: First 16 hex digits of the session token's SHA-256; '' on the command line.
        request_id: Quoted in the trail and, if something breaks, to the person.
        language: 'zh' or 'en', for the sentences they are shown.
        signed_in_before_at: When they had signed in the time before; None the first time.
    """

    house: House
    staff: Staff
    session: str
    request_id: str
    language: str = "zh"
    signed_in_before_at: datetime | None = None
    session_expires_at: datetime | None = None

    @cached_property
    def permissions(self) -> Permissions:
        """The compiled policy of their roles."""
        return self.house.policy.permissions_of(self.staff)


def console(house: House) -> Actor:
    """Return the actor of the command line on the server itself."""
    return Actor(house, CONSOLE, "", uuid4().hex)
