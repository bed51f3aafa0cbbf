"""What every resolver can see of the request."""

from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from domain.errors import NotSignedIn
from gate.actor import Actor
from gate.house import House


@dataclass
class Context:
    """One request.

    Args:
        actor: Who acts; None while nobody has signed in.
        token: Set by signing in (a new token) and out (''); the answer carries it as a cookie.
    """

    house: House
    actor: Actor | None
    request_id: str
    address: str
    language: str
    token: str | None = None

    def signed_in(self) -> Actor:
        """Return who acts.

        Raises:
            NotSignedIn: Nobody does.
        """
        if self.actor is None:
            raise NotSignedIn
        return self.actor


Info: TypeAlias = strawberry.Info[Context, None]
