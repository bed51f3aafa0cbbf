"""DuckDB as the batch uses it: bounded in memory, exact, and able to stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from ibis.expr.types import Table

MEMORY: Final = "2GB"
DISTRUSTED: Final = (
    "window_self_join",  # scans twice for some windows
    "join_order",  # a CSV's size is not known beforehand: joins are made as written,
    "build_side_probe_side",  # the larger side first; otherwise all of a delivery lands in memory
)

_VALUE_CLASS: Final = r"""
    create macro value_class(given) as case
        when given is null or given = '' then 'empty'
        when regexp_full_match(given, '[0-9]+') then 'digits(' || length(given) || ')'
        when regexp_full_match(given, '-[0-9]+') then 'negative(' || (length(given) - 1) || ')'
        when regexp_full_match(given, '-?[0-9]*\.[0-9]+') then 'decimal(' || length(given) || ')'
        when regexp_full_match(given, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then 'date'
        when regexp_full_match(given, '[A-Za-z]+') then 'letters(' || length(given) || ')'
        when regexp_full_match(given, '[0-9A-Za-z]+')
            then 'letters and digits(' || length(given) || ')'
        else 'text(' || length(given) || ')'
    end"""


@contextmanager
def columnar(spill: Path) -> Iterator["DuckDBPyConnection"]:
    """Open an engine for a block; what does not fit into memory goes to *spill*."""
    connection = open_columnar(spill)
    try:
        yield connection
    finally:
        connection.close()


def open_columnar(spill: Path) -> "DuckDBPyConnection":
    """Open an engine, for the caller to close."""
    import duckdb

    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(spill / "spill"),
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    known = connection.execute("select name from duckdb_optimizers()").fetchall()
    distrusted = [row[0] for row in known if row[0] in DISTRUSTED]
    connection.execute(f"set disabled_optimizers = '{','.join(distrusted)}'")
    connection.execute(_VALUE_CLASS)
    return connection


def sql_of(expression: "Table") -> str:
    """Return the SQL of an Ibis expression.

    It is run by the engine itself, with its integers cast: Ibis takes a sum for an int64, so that
    it drops such a cast and writes DuckDB's wider integers as floating point.
    """
    import ibis

    return str(ibis.to_sql(expression, dialect="duckdb"))


def quoted(text: object) -> str:
    """Return *text* as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(texts: Any) -> str:
    """Return *texts* as the literals of an SQL list."""
    return ", ".join(quoted(text) for text in texts)


def count(connection: "DuckDBPyConnection", sql: str) -> int:
    """Return the one number that *sql* selects."""
    # All rows are fetched: a connection with a result left open refuses the next statement.
    rows = connection.execute(sql).fetchall()
    return int(rows[0][0]) if rows else 0
