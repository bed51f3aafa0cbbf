"""Runtime of lists: how long a page is, where it starts, which rows look-ups really found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson

from reading.cursor import Cursors
from reading.refused import ReadRefused
from reading.run import Run
from reading.source import Order
from vault.blind_index import is_same_value
from vault.field import Field

PAGE_MAX = 200
LIST_GUESS = 20  # what a list that is always given whole counts for in an operation's cost


def page_size(arguments: Mapping[str, Any], default: int | None) -> int:
    """Return how many rows are asked for.

    Raises:
        ReadRefused: Less than 1, or more than 200.
    """
    asked = arguments.get("last")
    if asked is None:
        asked = arguments.get("first")
    size = default if asked is None else asked
    if size is None or not 1 <= size <= PAGE_MAX:
        raise ReadRefused("BAD_PAGE_SIZE")
    return int(size)


@dataclass(frozen=True, eq=False)
class Paging:
    """How one connection is paged: what its cursors hold and are bound to.

    Args:
        slot: Where its arguments are.
        name: Noun and field that the list belongs to.
        sort: Which of its orders holds.
    """

    slot: int
    name: str
    sort: str
    order: Order
    default: int | None

    @property
    def types(self) -> list[str]:
        """SQL types of a cursor's values."""
        return [self.order.type] if self.order.is_unique else [self.order.type, "uuid"]

    def bound_to(self, run: Run) -> bytes:
        """Return what a cursor is good for: this list, this sort, this filter."""
        ends = ("first", "last", "after", "before", "sort")
        asked = {k: v for k, v in run.arguments[self.slot].items() if k not in ends}
        told = [self.name, self.sort, _without_nulls(asked)]
        return orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)

    def size(self, run: Run) -> int:
        """Return the page's length."""
        return page_size(run.arguments[self.slot], self.default)

    def opened(self, run: Run, end: str) -> list[object]:
        """Return what the cursor *end* was sealed with (after or before)."""
        cursor = run.arguments[self.slot][end]
        return cursors_of(run).opened(cursor, self.types, self.bound_to(run))

    def pager(self, run: Run, *, is_backward: bool) -> Callable[[Sequence[Any]], Any]:
        """Return what cuts the one row too many, and tells whether it was there."""
        size = self.size(run)

        def page(rows: Sequence[Any]) -> tuple[Sequence[Any], bool]:
            has_more = len(rows) > size
            kept = rows[:size] if has_more else rows
            return (kept[::-1] if is_backward else kept), has_more

        return page

    def marker(self, run: Run) -> Callable[..., str]:
        """Return what makes a row's cursor."""
        bound_to, sealed = self.bound_to(run), cursors_of(run).sealed

        def cursor(*values: object) -> str:
            return sealed(values, bound_to)

        return cursor

    def parent_check(self, run: Run) -> Callable[[object], None]:
        """Return what refuses a cursor that came from another parent's list."""
        ends = [e for e in ("after", "before") if run.arguments[self.slot].get(e) is not None]
        parents = {self.opened(run, end)[0] for end in ends}

        def check(parent: object) -> None:
            if parents - {str(parent)}:
                raise ReadRefused("BAD_CURSOR")

        return check


def cursors_of(run: Run) -> Cursors:
    """Return the sealer of cursors of the run's house."""
    vault = run.house.vault
    if vault not in _CURSORS:
        _CURSORS.clear()  # one vault a process; tests have more, one after another
        _CURSORS[vault] = Cursors(vault)
    return _CURSORS[vault]


_CURSORS: dict[Any, Cursors] = {}


def match_of(field: Field, wanted: object) -> Callable[[object], bool]:
    """Return what tells whether a row that a blind index found is really the one looked for."""

    def is_match(text: object) -> bool:
        return isinstance(text, str) and is_same_value(field, text, str(wanted))

    return is_match


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(v) for v in value]
    return value.value if isinstance(value, Enum) else value
