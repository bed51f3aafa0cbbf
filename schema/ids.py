"""Global ids in inputs."""

from uuid import UUID

from domain.errors import NotFound
from reading.global_id import uuid_in


def id_in(noun: str, text: str) -> UUID:
    """Return the UUID in a global id of *noun*.

    Raises:
        NotFound: It names something else, or nothing: one answer, as for a record out of reach.
    """
    found = uuid_in(noun, text)
    if found is None:
        raise NotFound
    return found
