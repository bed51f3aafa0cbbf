"""What every object with a global id has in common."""

import strawberry

from schema.declare import identity


@strawberry.interface(description="An object with a global id; `node(id:)` finds it again.")
class Node:
    """An object with a global id."""

    id: strawberry.ID = identity(description="Global id; opaque.")
