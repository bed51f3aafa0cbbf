"""What to tell a person at the command line about trouble that is no bug of ours."""

import errno

import asyncpg
import psycopg

from api.opening import HomeUnusable
from audit.checkpoint import NoteUnsound
from audit.connection import TrailUnavailable
from audit.head import HeadBroken
from store.embedded import EmbeddedServerDown
from store.migrate import DatabaseUnsuitable, MigrationsDisagree
from vault.errors import KekUnusable

_SPEAKS_FOR_ITSELF = (
    HomeUnusable,
    EmbeddedServerDown,
    MigrationsDisagree,
    DatabaseUnsuitable,
    NoteUnsound,
    HeadBroken,
    TrailUnavailable,
    KekUnusable,
)
_DISK_FULL = (asyncpg.DiskFullError, psycopg.errors.DiskFull)
_REFUSED = (
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    psycopg.OperationalError,
)
_UNREACHABLE = (ConnectionError, TimeoutError, asyncpg.PostgresConnectionError)


def sentence_for(error: BaseException) -> str | None:
    """Return what is true and what to do, or None for a bug, which keeps its traceback."""
    if isinstance(error, _SPEAKS_FOR_ITSELF):
        return str(error)
    if isinstance(error, _DISK_FULL) or _number(error) in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Nothing half-done was kept; make room and run this again."
    if _number(error) == errno.EROFS:
        return f"The file system cannot be written: {_text(error)}."
    if isinstance(error, _REFUSED):
        return f"The database refuses: {_text(error)} Check DATABASE_URL and the server."
    if isinstance(error, _UNREACHABLE):
        return f"The database went away or cannot be reached: {_text(error)}"
    return None


def _number(error: BaseException) -> int | None:
    return error.errno if isinstance(error, OSError) else None


def _text(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
