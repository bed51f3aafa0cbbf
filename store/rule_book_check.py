"""What a schema cannot say of a rule book: that its parts speak of the same tiers, in order."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from store.rule_book_parts import fen_of
from store.rule_book_text import Document, Fault, PathInDocument

_LISTS_WITH_CODES = ("terms", "tiers", "entitlements", "duties", "practices", "contradictions")


def faults_between_parts(document: Document, *, code_wanted: str) -> list[Fault]:
    """Return the faults of a document that the schema has passed.

    Args:
        document: The file, valid by the schema.
        code_wanted: The file's name, which must be the rule book's code.
    """
    book = document.value
    faults = []
    if book["code"] != code_wanted:
        faults.append(document.fault(("code",), book["code"], f"the file's name, {code_wanted}"))
    faults += [document.fault(*fault) for fault in _days(book, ())]
    faults += [document.fault(*fault) for fault in _bars(book["tiers"])]
    faults += [document.fault(*fault) for fault in _codes_twice(book)]
    known = {tier["code"] for tier in book["tiers"]}
    faults += [
        document.fault(path, code, f"a tier of this rule book: {', '.join(sorted(known))}")
        for path, code in _tiers_named(book, ())
        if code not in known
    ]
    faults += [document.fault(*fault) for fault in _figures(book)]
    return faults


_Finding = tuple[PathInDocument, object, str]


def _days(value: Any, path: PathInDocument) -> Iterator[_Finding]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _days(inner, (*path, key))
        elif key in ("effective_from", "issued_on"):
            try:
                date.fromisoformat(inner)
            except ValueError:
                yield (*path, key), inner, "a day that the calendar has"


def _bars(tiers: list[dict[str, Any]]) -> Iterator[_Finding]:
    for number in range(1, len(tiers)):
        bar = tiers[number]["from_yuan"]
        if fen_of(bar) <= fen_of(tiers[number - 1]["from_yuan"]):
            yield ("tiers", number, "from_yuan"), bar, "more than the tier before it"


def _codes_twice(book: dict[str, Any]) -> Iterator[_Finding]:
    places: list[tuple[PathInDocument, list[dict[str, Any]]]] = [
        *((((name,), book[name])) for name in _LISTS_WITH_CODES),
        (("contacts", "festivals"), book["contacts"]["festivals"]),
        (("assessment", "deductions"), book["assessment"]["deductions"]),
    ]
    for path, entries in places:
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            if entry["code"] in seen:
                yield (*path, number, "code"), entry["code"], "a code that no other entry has"
            seen.add(entry["code"])


def _tiers_named(value: Any, path: PathInDocument) -> Iterator[tuple[PathInDocument, str]]:
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _tiers_named(inner, (*path, number))
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key == "tier":
            yield (*path, key), inner
        elif key == "by_tier":
            yield from (((*path, key, code), code) for code in inner)
        elif key == "tiers" and path:
            yield from (((*path, key, number), code) for number, code in enumerate(inner))
        else:
            yield from _tiers_named(inner, (*path, key))


def _figures(book: dict[str, Any]) -> Iterator[_Finding]:
    path: PathInDocument
    for number, contradiction in enumerate(book["contradictions"]):
        readings = len(contradiction["readings"])
        if contradiction["chosen"] > readings:
            path = ("contradictions", number, "chosen")
            yield path, contradiction["chosen"], f"the number of a reading, 1 to {readings}"
    for number, deduction in enumerate(book["assessment"]["deductions"]):
        if fen_of(deduction["to_yuan"]) < fen_of(deduction["from_yuan"]):
            path = ("assessment", "deductions", number, "to_yuan")
            yield path, deduction["to_yuan"], "from_yuan or more"
    for number, cadence in enumerate(book["contacts"]["cadence"]):
        same = [(other["tier"], other["kind"]) for other in book["contacts"]["cadence"][:number]]
        if (cadence["tier"], cadence["kind"]) in same:
            path = ("contacts", "cadence", number, "kind")
            yield path, cadence["kind"], "one cadence for each tier and kind"
