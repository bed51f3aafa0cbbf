"""One SQL statement in the making: its arguments, tables, columns and conditions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Getter = Callable[[Any], object]  # from the run to the value of one argument


class Statement:
    """What all parts of one statement share: arguments and names of tables.

    Arguments are kept as functions of the run, so that one plan serves many readers and pages.
    """

    def __init__(self) -> None:
        self.getters: list[Getter] = []
        self._tables = 0
        self._numbered: list[object] = []
        self._named: dict[str, str] = {}

    def argument(self, getter: Getter) -> str:
        """Return the placeholder of a new argument."""
        self.getters.append(getter)
        return f"${len(self.getters)}"

    def named_argument(self, name: str, getter: Getter) -> str:
        """Return the placeholder of an argument that may be asked for many times."""
        if name not in self._named:
            self._named[name] = self.argument(getter)
        return self._named[name]

    def number(self, one: object) -> int:
        """Return a number for *one*, the same each time."""
        if not any(known is one for known in self._numbered):
            self._numbered.append(one)
        return next(n for n, known in enumerate(self._numbered) if known is one)

    def alias(self) -> str:
        """Return a name for one more table."""
        self._tables += 1
        return f"t{self._tables}"


@dataclass
class Select:
    """One select of a statement, the outermost or one in parentheses.

    Args:
        tables: What stands after ``from``.
        order: What stands after ``order by``.
        limit: What stands after ``limit``.
    """

    statement: Statement
    tables: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    order: str = ""
    limit: str = ""
    group: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    _joined: dict[str, str] = field(default_factory=dict)

    def column(self, sql: str) -> int:
        """Return the place of a column in the row, and add it if it is not there yet."""
        return self.columns.setdefault(sql, len(self.columns))

    def joined(self, what: str, join: Callable[[str], str]) -> str:
        """Return the alias of a joined table; *join* words it, once for each *what*."""
        if what not in self._joined:
            alias = self._joined[what] = self.statement.alias()
            self.tables.append(join(alias))
        return self._joined[what]

    def sql(self, *, as_rows: bool = False) -> str:
        """Return the text; *as_rows* gives one column of anonymous rows, for an array."""
        columns = ", ".join(self.columns) or "true"
        parts = [f"select row({columns})" if as_rows else f"select {columns}"]
        if self.tables:
            parts.append(f"from {' '.join(self.tables)}")
        conditions = [one for one in dict.fromkeys(self.where) if one != "true"]
        if conditions:
            parts.append(f"where {' and '.join(conditions)}")
        if self.group:
            parts.append(f"group by {self.group}")
        if self.order:
            parts.append(f"order by {self.order}")
        if self.limit:
            parts.append(f"limit {self.limit}")
        return " ".join(parts)
