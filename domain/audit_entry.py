"""How a thing that was tried came out, as the trail remembers it."""

from enum import StrEnum


class Result(StrEnum):
    """How the thing that was tried came out."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
