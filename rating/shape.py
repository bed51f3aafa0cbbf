"""How a delivered file is checked: its columns, and SQL that tells bad values, written once.

A fast pass reads the whole file with these checks compiled in; only a file with a fault is read a
second time, with line numbers, by the very same checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TEXT: Final = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"
CODE: Final = "[0-9A-Za-z_-]{1,40}"
DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which a value can be bad.

    Args:
        column: The delivered column that it is about.
        code: A key of `fault.SENTENCES`.
        fails: SQL over the file's row ``r`` and what is joined to it; true for a bad row.
    """

    column: str
    code: str
    fails: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One delivered file.

    Args:
        noun: What it holds; also the name of the table that it is read into.
        columns: As delivered; all must be there, in any order.
        checks: Every bad value that one row alone can show. Text columns are never null in ``r``.
        key: Columns of *values* that no two rows share.
        values: What is kept of a row: name of the value -> SQL over ``r`` and the joined tables.
        joins: SQL that joins tables to ``r``, with one match at most.
        plain: SQL that is true for just the rows that pass every check, where that can be said
            shorter than by the checks.
    """

    noun: str
    columns: tuple[str, ...]
    checks: tuple[Check, ...]
    key: tuple[str, ...]
    values: Mapping[str, str]
    joins: str = ""
    plain: str = ""

    def plain_rows(self, source: str) -> str:
        """Return SQL for the values of the rows of *source* that pass every check.

        Args:
            source: SQL of a relation with the delivered columns.
        """
        passes = self.plain or f"not ({self._any_fails()})"
        return f"select {self._values()} from ({source}) r {self.joins} where {passes}"

    def doubtful_rows(self, source: str, header: tuple[str, ...], limit: int) -> str:
        """Return SQL for the rows of *source* that fail a check: ``text``, the line, and values.

        Args:
            header: The delivered columns in the order in which they stand.
            limit: How many are wanted; one more tells that there are more.
        """
        passes = self.plain or f"not ({self._any_fails()})"
        return f"""
            select {_line(header)} as text, {self._values()} from ({source}) r {self.joins}
            where not coalesce({passes}, false) limit {limit + 1}"""

    def failing_rows(self, source: str, header: tuple[str, ...], group: str, limit: int) -> str:
        """Return SQL for the lines of *source* whose *group* is in the table ``failing``."""
        return f"""
            select {_line(header)} from ({source}) r
            where r.{group} in (select {group} from failing) limit {limit + 1}"""

    def numbered_rows(self, source: str) -> str:
        """Return SQL for all rows of *source*: line, values and faults (null for a good row).

        Args:
            source: SQL of a relation with the columns ``line``, ``fields_found`` (how many values
                the line has), ``fault`` (what the reader found, or null) and those delivered.
        """
        return f"""
            select r.line, {self._values()}, {self._faults()} as faults
            from ({source}) r {self.joins}"""

    def _values(self) -> str:
        return ", ".join(f"{sql} as {name}" for name, sql in self.values.items())

    def _any_fails(self) -> str:
        return " or ".join(f"coalesce({check.fails}, false)" for check in self.checks)

    def _faults(self) -> str:
        each = ", ".join(
            f"case when coalesce({check.fails}, false) then {{'col': '{check.column}', "
            f"'code': '{check.code}', 'given': value_class(r.{check.column})}} end"
            for check in self.checks
        )
        count = len(self.columns)
        return f"""case
            when r.fault is not null then [{{'col': '', 'code': r.fault,
                'given': 'columns(' || r.fields_found || ')'}}]
            when r.fields_found <> {count} then [{{'col': '', 'code': 'column_count',
                'given': 'columns(' || r.fields_found || ')'}}]
            when {self._any_fails()} then list_filter([{each}], lambda fault: fault is not null)
        end"""


def _line(header: tuple[str, ...]) -> str:
    return " || ',' || ".join(f"r.{name}" for name in header)


def text_checks(column: str, *, length: int, required: bool = True) -> tuple[Check, ...]:
    """Return the checks of a free text."""
    needed = (Check(column, "empty", f"r.{column} = ''"),) if required else ()
    return (
        *needed,
        Check(column, "too_long", f"length(r.{column}) > {length}"),
        Check(column, "control_character", f"not regexp_full_match(r.{column}, '{TEXT}')"),
        Check(column, "masked_value", f"regexp_matches(r.{column}, '[*＊﹡]')"),
    )


def code_checks(column: str, *, required: bool = True) -> tuple[Check, ...]:
    """Return the checks of a code or number."""
    needed = (Check(column, "empty", f"r.{column} = ''"),) if required else ()
    bad = f"r.{column} <> '' and not regexp_full_match(r.{column}, '{CODE}')"
    return (*needed, Check(column, "bad_code", bad))


def choice_check(column: str, code: str, choices: str, *, required: bool = True) -> Check:
    """Return the check of a value out of a list.

    Args:
        choices: SQL literals with commas between.
    """
    fails = f"r.{column} not in ({choices})"
    return Check(column, code, fails if required else f"r.{column} <> '' and {fails}")


def date_checks(column: str, code: str, good: str, *, required: bool = True) -> tuple[Check, ...]:
    """Return the checks of a date.

    Args:
        code: Of a date that is none of the good ones.
        good: SQL condition with ``{date}`` where the date stands.
    """
    there = "true" if required else f"r.{column} <> ''"
    date = date_value(column)
    return (
        Check(column, "bad_date", f"{there} and {date} is null"),
        Check(column, code, f"{there} and not ({good.format(date=date)})"),
    )


def date_value(column: str) -> str:
    """Return SQL for a delivered date, null if it is not written as it should be."""
    written = f"regexp_full_match(r.{column}, '{DATE}')"
    return f"case when {written} then try_cast(r.{column} as date) end"
