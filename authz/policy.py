"""The policy in force: loaded into casbin, tested by itself, compiled once, swapped whole."""

import hashlib
import logging
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from uuid import UUID

import casbin

from authz.action import Action
from authz.permissions import Line, Permissions
from domain.staff import Role, Staff

REACHES = ("own", "unit", "any")

logging.getLogger("casbin").setLevel(logging.ERROR)  # it logs every decision, with its subject


class PolicyRefused(Exception):
    """The policy cannot be put in force; the message names the line."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where a record stands: what reach is measured against."""

    unit_path: str
    manager_id: UUID | None


def covers(field: str, of: str) -> bool:
    """Tell whether a line for the field *of* speaks of *field*."""
    return of in ("*", field)


def reaches(who: Staff, role: str, reach: str, row: Row) -> bool:
    """Tell whether *who* holds *role* at a post from which *reach* gets to *row*."""
    for post in who.posts:
        if post.role.value != role:
            continue
        if reach == "any":
            return True
        if reach == "unit" and row.unit_path.startswith(post.unit_path):
            return True
        if reach == "own" and who.id is not None and row.manager_id == who.id:
            return True
    return False


class Policy:
    """An immutable snapshot of the policy with its version; casbin is the source of truth.

    Raises:
        PolicyRefused: There are no lines, or one names an unknown role, action, reach or effect.
    """

    def __init__(self, model: Path, lines: Path) -> None:
        self.enforcer = casbin.Enforcer(str(model), str(lines))
        self.enforcer.add_function("covers", covers)
        self.enforcer.add_function("reaches", reaches)
        self.lines = tuple(_checked(line) for line in self.enforcer.get_policy())
        if not self.lines:  # casbin would evaluate the matcher with "" for every p.*
            raise PolicyRefused("The policy has no lines.")
        text = "\n".join(sorted(map(str, self.lines)))
        self.version = hashlib.sha256(text.encode()).hexdigest()[:12]
        self.permissions_of = lru_cache(maxsize=4096)(self._compiled)

    def enforce(self, who: Staff, action: Action, field: str, row: Row) -> bool:
        """Ask casbin itself: the referee of everything compiled from this policy."""
        return bool(self.enforcer.enforce(who, action.value, field, row))

    def _compiled(self, who: Staff) -> Permissions:
        held = set(who.roles)
        mine = tuple(line for line in self.lines if line.role in held)
        return Permissions(who, mine, self.version)


def policy_in_force() -> Policy:
    """Return the policy that is shipped with the code."""
    folder = Path(str(resources.files("authz")))
    return Policy(folder / "model.conf", folder / "policy.csv")


def _checked(values: list[str]) -> Line:
    role, action, reach, field, effect = values
    if role not in {r.value for r in Role}:
        raise PolicyRefused(f"Unknown role in the policy: {role!r}")
    if action not in {a.value for a in Action}:
        raise PolicyRefused(f"Unknown action in the policy: {action!r}")
    if reach not in REACHES:
        raise PolicyRefused(f"Unknown reach in the policy: {reach!r}")
    if effect not in ("allow", "deny"):
        raise PolicyRefused(f"Unknown effect in the policy: {effect!r}")
    return Line(role, Action(action), reach, field, effect == "deny")
