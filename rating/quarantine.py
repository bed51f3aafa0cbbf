"""Rows set aside: where they stand, what is wrong with them, never what they say."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rating.columnar import count, quoted
from rating.fault import SENTENCES
from rating.ledger import write_durably

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUARANTINE: Final = "quarantine.csv"
HEADER: Final = ("file", "line", "column", "value_class", "reason", "sentence")
_TABLE: Final = """
    create table set_aside (
        file varchar not null, line bigint not null, col varchar not null,
        value_class varchar not null, code varchar not null
    )"""


class Quarantine:
    """The rows of one delivery that are set aside.

    Args:
        connection: Gets the table ``set_aside``.
        names: Noun -> name of the delivered file.
    """

    def __init__(self, connection: "DuckDBPyConnection", names: Mapping[str, str]) -> None:
        self._connection = connection
        self._names = names
        connection.execute(_TABLE)

    def add_faulty(self, noun: str) -> None:
        """Set aside the rows read of *noun* that have faults of their own."""
        self._connection.execute(
            f"""insert into set_aside
                select {quoted(noun)}, line, fault.col, fault.given, fault.code
                from (select line, unnest(faults) as fault from {noun}_read)"""
        )

    def add(self, noun: str, rows: Iterable[tuple[int, str, str]]) -> None:
        """Set aside rows of *noun*: (line, column, code)."""
        given = [(noun, line, column, code) for line, column, code in rows]
        if given:
            self._connection.executemany("insert into set_aside values (?, ?, ?, '', ?)", given)

    def add_selected(self, noun: str, column: str, code: str, lines: str) -> None:
        """Set aside the rows of *noun* on the lines that the SQL *lines* selects."""
        self._connection.execute(
            f"""insert into set_aside
                select {quoted(noun)}, line, {quoted(column)}, '', {quoted(code)} from ({lines})"""
        )

    def rows(self, noun: str) -> int:
        """Return how many rows of *noun* are set aside."""
        return count(
            self._connection,
            f"select count(distinct line) from set_aside where file = {quoted(noun)}",
        )

    def main_reason(self, noun: str) -> str:
        """Return the sentence of the commonest reason for *noun*; '' without any."""
        rows = self._connection.execute(
            """select code from set_aside where file = ?
               group by code order by count(*) desc, code limit 1""",
            [noun],
        ).fetchall()
        return SENTENCES[rows[0][0]] if rows else ""

    def write(self, folder: Path) -> Path | None:
        """Write the quarantine file, durably; None if nothing is set aside."""
        path = folder / QUARANTINE
        if not count(self._connection, "select count(*) from set_aside"):
            path.unlink(missing_ok=True)
            return None
        order = " ".join(
            f"when {quoted(noun)} then {place}" for place, noun in enumerate(self._names)
        )
        found = self._connection.execute(
            f"""select distinct file, line, col, value_class, code from set_aside
                order by case file {order} end, line, col, code"""
        )
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(HEADER)
        while rows := found.fetchmany(10_000):
            lines.writerows(
                (self._names[noun], line, column, given, code, SENTENCES[code])
                for noun, line, column, given, code in rows
            )
        write_durably(path, text.getvalue().encode())
        return path
