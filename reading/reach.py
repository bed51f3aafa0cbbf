"""A reader's reaches, numbered, so that one plan serves all whose reaches have one shape."""

import hashlib
from functools import cached_property

from authz.action import Action
from authz.permissions import Permissions, Reach
from domain.staff import Staff
from vault.registry import FIELD_BY_NAME

OF_FIELDS = (
    Action.CUSTOMER_FIELD_LOOK_UP,
    Action.CUSTOMER_FIELD_READ,
    Action.CUSTOMER_FIELD_REVEAL,
)
READS = [one for one in Action if one.value.endswith(":read") and one not in OF_FIELDS]
ASKED = [(action, "*") for action in READS] + [
    (action, field) for action in OF_FIELDS for field in FIELD_BY_NAME
]


class Reaches:
    """All reaches of one reader that a read can ask for.

    Two readers with the same `shape` differ only in the values of their reaches: in unit paths
    and ids, not in which actions reach alike, which reach contains which, or what is denied.
    """

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.distinct: list[Reach] = []
        self._numbers: dict[tuple[Action, str], tuple[int, int]] = {}
        for action, field in ASKED:
            allowed, denied = permissions.reach(action, field)
            self._numbers[action, field] = self._number(allowed), self._number(denied)

    def of(self, action: Action, field: str = "*") -> tuple[int, int]:
        """Return the numbers of the reach that is allowed, and of what is denied."""
        return self._numbers[action, field]

    def __getitem__(self, number: int) -> Reach:
        return self.distinct[number]

    def is_allowed(self, action: Action) -> bool:
        """Tell whether *action* reaches anything."""
        return bool(self.distinct[self.of(action)[0]])

    def always(self, action: Action, field: str, rows: Action) -> bool | None:
        """Tell whether *action* on *field* reaches each row that *rows* reaches.

        Returns:
            True or False where it holds for all of them, None where it depends on the row.
        """
        allowed, denied = (self.distinct[number] for number in self.of(action, field))
        if not allowed or denied.is_any:
            return False
        reached, _ = (self.distinct[number] for number in self.of(rows))
        return True if allowed.contains(reached) and not denied else None

    def covers(self, action: Action, field: str) -> bool:
        """Tell whether a list of customers may be filtered, sorted or added up by *field*."""
        return self.permissions.covers_every_row(action, field, Action.CUSTOMER_READ)

    @cached_property
    def values(self) -> list[tuple[object, ...]]:
        """The SQL arguments of each reach, in the order in which its condition names them."""
        return [_values(reach) for reach in self.distinct]

    @cached_property
    def shape(self) -> str:
        """What a plan depends on of this reader: policy version included."""
        kinds = [(r.is_any, len(r.within), r.own is not None) for r in self.distinct]
        contained = [[a.contains(b) for b in self.distinct] for a in self.distinct]
        covered = [self.covers(a, f) for a in OF_FIELDS for f in FIELD_BY_NAME]
        told = (self.permissions.version, kinds, contained, covered, sorted(self._numbers.items()))
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _number(self, reach: Reach) -> int:
        if reach not in self.distinct:
            self.distinct.append(reach)
        return self.distinct.index(reach)


def _values(reach: Reach) -> tuple[object, ...]:
    values: list[object] = []
    reach.sql("", "", values)
    return tuple(values)


NOBODY = Reaches(Permissions(Staff(None, "", "", ()), (), ""))
"""The reaches of who has not signed in: none."""
