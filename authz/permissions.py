"""What one member of staff may do, compiled from policy: a look-up, and a filter for SQL."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from authz.action import SELF_SERVICE, Action
from domain.staff import Staff


@dataclass(frozen=True, slots=True)
class Line:
    """One policy line."""

    role: str
    action: Action
    reach: str
    field: str
    is_deny: bool

    def __str__(self) -> str:
        effect = "deny" if self.is_deny else "allow"
        return f"{self.role}, {self.action}, {self.reach}, {self.field}, {effect}"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an action goes, as a set of rows.

    Args:
        is_any: The whole bank.
        within: Unit paths; a row below any of them is reached. Shortest first, none below another.
        own: The staff id whose customers are reached, or None.
    """

    is_any: bool = False
    within: tuple[str, ...] = ()
    own: UUID | None = None

    def __bool__(self) -> bool:
        return self.is_any or bool(self.within) or self.own is not None

    def includes(self, unit_path: str, manager_id: UUID | None) -> bool:
        """Tell whether a row at *unit_path* managed by *manager_id* is reached."""
        if self.is_any or any(unit_path.startswith(path) for path in self.within):
            return True
        return self.own is not None and manager_id == self.own

    def contains(self, other: "Reach") -> bool:
        """Tell whether every row that *other* reaches is surely reached too."""
        if self.is_any:
            return True
        if other.is_any or (other.own is not None and other.own != self.own):
            return False
        return all(any(path.startswith(p) for p in self.within) for path in other.within)

    def sql(self, path: str, manager: str, arguments: list[object]) -> str:
        """Return the SQL condition for the rows reached, and append its values to *arguments*.

        Args:
            path: The SQL expression of the row's unit path, like ``u.path``.
            manager: The SQL expression of its manager's id, like ``c.manager_id``.
            arguments: The statement's arguments so far (``$1`` is the first).

        ``^@`` (starts with) goes by characters; a range would go by the database's collation.
        A row without unit or manager gives null, which ``where`` takes for false; ``coalesce``
        before negating it. It is not in here, since no index serves a coalesced condition.
        """
        if self.is_any:
            return "true"
        parts = []
        for prefix in self.within:
            arguments.append(prefix)
            parts.append(f"{path} ^@ ${len(arguments)}")
        if self.own is not None:
            arguments.append(self.own)
            parts.append(f"{manager} = ${len(arguments)}")
        return f"({' or '.join(parts)})" if parts else "false"


@dataclass(frozen=True)
class Permissions:
    """The compiled policy of one member of staff: cheap to ask, once an operation.

    Args:
        lines: The lines of the roles they hold, allow and deny.
        version: Of the policy it was compiled from.
    """

    who: Staff
    lines: tuple[Line, ...]
    version: str

    def reach(self, action: Action, field: str = "*") -> tuple[Reach, Reach]:
        """Return how far *action* is allowed, and how far it is denied; deny wins."""
        return self._reach(action, field, deny=False), self._reach(action, field, deny=True)

    def allows(
        self, action: Action, unit_path: str, manager_id: UUID | None, field: str = "*"
    ) -> bool:
        """Decide for one row, as casbin's ``enforce`` would."""
        allowed, denied = self.reach(action, field)
        return allowed.includes(unit_path, manager_id) and not denied.includes(
            unit_path, manager_id
        )

    def because(self, action: Action, field: str = "*") -> str:
        """Return the first policy line that allows *action*, as the trail quotes it; '' if none."""
        for line in self.lines:
            if line.action == action and line.field in ("*", field) and not line.is_deny:
                return str(line)
        return ""

    def covers_every_row(self, action: Action, field: str, of: Action) -> bool:
        """Tell whether *action* on *field* is allowed on every row that *of* reaches.

        Only then may a list be filtered, sorted, counted or exported by the field.
        """
        allowed, denied = self.reach(action, field)
        rows, _ = self.reach(of)
        return bool(rows) and not denied and allowed.contains(rows)

    @cached_property
    def may(self) -> tuple[str, ...]:
        """The actions allowed somewhere, and everybody's own, sorted."""
        allowed = {line.action for line in self.lines if not line.is_deny}
        return tuple(sorted(a.value for a in allowed | SELF_SERVICE))

    def _reach(self, action: Action, field: str, *, deny: bool) -> Reach:
        is_any, within, own = False, set[str](), None
        for line in self.lines:
            if line.action != action or line.is_deny != deny or line.field not in ("*", field):
                continue
            if line.reach == "any":
                is_any = True
            elif line.reach == "own":
                own = self.who.id
            else:
                within |= {p.unit_path for p in self.who.posts if p.role.value == line.role}
        return Reach(is_any, _outermost(within), own)


def _outermost(paths: set[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths, key=lambda p: (len(p), p)):
        if not any(path.startswith(k) for k in kept):
            kept.append(path)
    return tuple(kept)
