"""Whether delivered units make one tree: one root, known parents, no cycle."""

from collections.abc import Collection, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A row of units.csv: its line, its code and its parent's, '' for the root."""

    line: int
    code: str
    parent: str


def tree_faults(units: Sequence[Line], delivered: Collection[str]) -> list[tuple[int, str, str]]:
    """Return what is wrong with *units* as a tree: (line, column, code) in the order of lines.

    What lies below a faulty unit is faulty too.

    Args:
        units: Each code once.
        delivered: Codes of all units delivered, of those set aside as well.
    """
    by_code = {unit.code: unit for unit in units}
    roots = [unit for unit in units if not unit.parent]
    faults = {unit.code: "second_root" for unit in roots[1:]}
    for unit in units:
        if unit.parent and unit.parent not in by_code:
            is_set_aside = unit.parent in delivered
            faults[unit.code] = "parent_set_aside" if is_set_aside else "unknown_parent"
        elif _leads_back(unit, by_code):
            faults[unit.code] = "unit_cycle"
    for unit in units:
        if unit.code not in faults and _is_below(unit, by_code, faults):
            faults[unit.code] = "parent_set_aside"
    return [(unit.line, "parent_code", faults[unit.code]) for unit in units if unit.code in faults]


def in_order(units: Sequence[Line]) -> list[Line]:
    """Return the units of a sound tree, parents before children."""
    children: dict[str, list[Line]] = {}
    for unit in units:
        children.setdefault(unit.parent, []).append(unit)
    ordered: list[Line] = []
    waiting = list(children.get("", ()))
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(children.get(unit.code, ()))
    return ordered


def _leads_back(unit: Line, by_code: dict[str, Line]) -> bool:
    """Say whether the way up from *unit* comes back to it."""
    seen = set()
    above = by_code.get(unit.parent)
    while above is not None and above.code not in seen:
        if above.code == unit.code:
            return True
        seen.add(above.code)
        above = by_code.get(above.parent)
    return False


def _is_below(unit: Line, by_code: dict[str, Line], faulty: Collection[str]) -> bool:
    """Say whether a faulty unit lies above *unit*."""
    seen = set()
    above = by_code.get(unit.parent)
    while above is not None and above.code not in seen:
        if above.code in faulty:
            return True
        seen.add(above.code)
        above = by_code.get(above.parent)
    return False
