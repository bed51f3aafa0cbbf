"""Checks of rows against one another: keys given twice, days of accounts, units as a tree."""

from functools import partial
from typing import TYPE_CHECKING, Final

from rating.columnar import count
from rating.quarantine import Quarantine
from rating.shape import Shape
from rating.unit_tree import Line, tree_faults
from rating.validation import Together

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LAST_BALANCE: Final = "arg_max(balance_fen, day)"


def keys_together(shape: Shape) -> Together:
    """Return the check that no two rows share the key of *shape*."""
    return Together(partial(_are_unique, shape), partial(_set_shared_keys_apart, shape))


def units_together(shape: Shape) -> Together:
    """Return the checks of units: keys, and one sound tree."""

    def agree(connection: "DuckDBPyConnection") -> bool:
        return _are_unique(shape, connection) and not tree_faults(_unit_lines(connection), set())

    def set_apart(connection: "DuckDBPyConnection", quarantine: Quarantine) -> None:
        _set_shared_keys_apart(shape, connection, quarantine)
        codes = connection.execute("select distinct unit_code from units_read").fetchall()
        quarantine.add(shape.noun, tree_faults(_unit_lines(connection), {row[0] for row in codes}))

    return Together(agree, set_apart)


def accounts_together(shape: Shape, days: int, *, daily: bool) -> Together:
    """Return the checks of balances, account by account.

    Args:
        days: Of the period.
        daily: Whether every account needs a row for each day from its first to the last, or to
            the one on which it was closed.
    """
    gaps = f"or ({_has_gaps(days)})" if daily else ""
    failing = f"""select account_no from balances group by account_no
        having count(*) <> bit_count(bit_or(1::hugeint << day))
            or min(customer_key) <> max(customer_key) {gaps}"""

    def agree(connection: "DuckDBPyConnection") -> bool:
        return not count(connection, f"select count(*) from ({failing} limit 1)")

    def set_apart(connection: "DuckDBPyConnection", quarantine: Quarantine) -> None:
        quarantine.add_selected(
            shape.noun,
            "account_no",
            "account_of_two_customers",
            """select line from balances where account_no in (
                select account_no from balances group by account_no
                having min(customer_key) <> max(customer_key))""",
        )
        _set_shared_keys_apart(shape, connection, quarantine)
        if daily:
            _set_gaps_apart(connection, quarantine, shape.noun, days)

    return Together(agree, set_apart, group="account_no", failing=failing)


def _are_unique(shape: Shape, connection: "DuckDBPyConnection") -> bool:
    key = ", ".join(shape.key)
    shared = f"select 1 from {shape.noun} group by {key} having count(*) > 1 limit 1"
    return not count(connection, f"select count(*) from ({shared})")


def _set_shared_keys_apart(
    shape: Shape, connection: "DuckDBPyConnection", quarantine: Quarantine
) -> None:
    """Set aside rows that share a key: all but the first if they are equal, otherwise all."""
    noun, key = shape.noun, ", ".join(shape.key)
    others = [name for name in shape.values if name not in shape.key]
    differs = " or ".join(f"count(distinct coalesce({name}::varchar, '')) > 1" for name in others)
    connection.execute(
        f"""create or replace temp table shared as
            select {key}, min(line) as first, {differs} as differs
            from {noun} group by {key} having count(*) > 1"""
    )
    connection.execute(
        f"""create or replace temp table apart as
            select t.line, s.differs from {noun} t join shared s using ({key})
            where s.differs or t.line > s.first"""
    )
    column = shape.key[0]
    for code, which in (("conflicting_rows", "differs"), ("duplicate_row", "not differs")):
        quarantine.add_selected(noun, column, code, f"select line from apart where {which}")


def _has_gaps(days: int) -> str:
    """Return an aggregate condition: the account's days have a gap, or end before it is closed."""
    return f"""count(*) <> max(day) - min(day) + 1
        or (max(day) < {days - 1} and {_LAST_BALANCE} <> 0)"""


def _set_gaps_apart(
    connection: "DuckDBPyConnection", quarantine: Quarantine, noun: str, days: int
) -> None:
    """Set aside the row after each gap, and the last row of an account that ends too early.

    Days whose own rows are set aside are no gaps: those rows are told of already.
    """
    connection.execute(
        f"""create or replace temp table apart as
            select line from (
                select line, balance_fen, is_good, day,
                    lag(day) over days as day_before, lead(day) over days as day_after
                from (select line, account_no, day, balance_fen,
                        line not in (select line from set_aside where file = '{noun}') as is_good
                    from balances_read where day is not null and account_no in (
                        select account_no from balances
                        group by account_no having {_has_gaps(days)}))
                window days as (partition by account_no order by day, line)
            ) where is_good and (day > day_before + 1
                or (day_after is null and day < {days - 1} and balance_fen <> 0))"""
    )
    quarantine.add_selected(noun, "date", "days_missing", "select line from apart")


def _unit_lines(connection: "DuckDBPyConnection") -> list[Line]:
    rows = connection.execute(
        "select line, unit_code, parent_code from units order by line, unit_code"
    ).fetchall()
    return [Line(*row) for row in rows]
