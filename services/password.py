"""Hash and check passwords with argon2id, off the event loop and two at a time."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum
_AT_ONCE = asyncio.Semaphore(2)  # each takes 19 MiB and a core
_NOBODYS = _HASHER.hash("nobody has this password")


async def password_hash(password: str) -> str:
    """Return the argon2id hash to keep."""
    async with _AT_ONCE:
        return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(password: str, kept: str | None) -> bool:
    """Tell whether *password* is the one that *kept* is the hash of.

    Without *kept* it takes as long and says no, so that an unknown number cannot be told by time.
    """
    async with _AT_ONCE:
        return await asyncio.to_thread(_matches, password, kept or _NOBODYS) and kept is not None


def _matches(password: str, kept: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
