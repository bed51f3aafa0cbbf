"""Listen to the SQL that is sent, for tests that count it."""

from dataclasses import dataclass, field
from typing import Final

from asyncpg.connection import LoggedQuery

_HOUSEKEEPING: Final = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET TRANSACTION")


@dataclass
class Statements:
    """The SQL that was sent while a test listened, in order."""

    all: list[str] = field(default_factory=list)

    @property
    def queries(self) -> list[str]:
        """Return what asked or changed something, without the transactions around it."""
        return [sql for sql in self.all if not sql.lstrip().upper().startswith(_HOUSEKEEPING)]

    def note(self, logged: LoggedQuery) -> None:
        """Add what asyncpg tells of one statement."""
        self.all.append(logged.query)
