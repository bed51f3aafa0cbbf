"""Is this an entry, to the byte? One expression says so, because parsing JSON would take longest.

The keys of an entry are a fixed set in a fixed order, and no form of a field has room for a quote
or a backslash; so what matches is canonical JSON. Only fields and details are parsed, and as their
wordings repeat, each is looked at once.
"""

import re
from typing import Final, NamedTuple

import orjson

from audit.entry import FORMAT, Result
from audit.wording import COUNT_MAX, FORMS, is_code, is_detail_name, is_field_name

_WORDINGS_MAX: Final = 50_000
_ID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IDS: Final = r'\[(?:"[0-9a-f-]{36}"(?:,"[0-9a-f-]{36}")*+)?\]'
_ROLES: Final = r'\[(?:"[a-z_]{1,40}"(?:,"[a-z_]{1,40}")*+)?\]'
_VALUES: Final = {
    "action": f'"(?P<action>{FORMS["action"].pattern})"',
    "at": r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"',
    "customers": _IDS,
    "details": r"(?P<details>\{[^{}]*+\})",
    "fields": r"(?P<fields>\{(?:[^{}]*+\{[^{}]*+\})*+\})",
    "format": str(FORMAT),
    "grant": rf'"(?P<grant>(?:{_ID})?)"',
    "lane": r"(?P<lane>\d)",
    "number": r"(?P<number>[1-9]\d{0,18})",
    "previous": r'"(?P<previous>[0-9a-f]{64})"',
    "process": rf'"(?P<process>{_ID})"',
    "result": f'"(?:{"|".join(Result)})"',
    "roles": _ROLES,
    "rows": _IDS,
    "staff_id": rf'"(?:{_ID})?"',
} | {name: f'"(?:{form.pattern})"' for name, form in FORMS.items() if name != "action"}
_MEMBERS: Final = ",".join(f'"{name}":{_VALUES[name]}' for name in sorted(_VALUES))
_ENTRY: Final = re.compile(rf"\{{{_MEMBERS}\}}", re.ASCII)
_WANTED: Final = ("process", "lane", "number", "previous", "action", "grant", "details", "fields")


class EntryBroken(Exception):
    """The bytes are no entry; the message says why."""


class Outline(NamedTuple):
    """What every entry is checked for; the whole of it is parsed only where more is asked."""

    process: str
    lane: str
    number: str
    previous: str
    action: str
    grant: str


class FormCheck:
    """Reads entries; remembers the fields and details that it has found to be in form."""

    def __init__(self) -> None:
        self._fields = {"{}"}
        self._details = {"{}"}

    def read(self, entry: bytes) -> Outline:
        """Return an entry's outline.

        Raises:
            EntryBroken: It is not canonical, or not what an entry may say.
        """
        try:
            match = _ENTRY.fullmatch(entry.decode("ascii"))
        except UnicodeDecodeError:
            match = None
        if match is None:
            raise EntryBroken("It is not an entry in canonical form.")
        *outline, details, fields = match.group(*_WANTED)
        if fields not in self._fields:
            _ensure_shown(fields)
            _remember(self._fields, fields)
        if details not in self._details:
            _ensure_codes(details)
            _remember(self._details, details)
        return Outline._make(outline)


def _remember(known: set[str], wording: str) -> None:
    if len(known) < _WORDINGS_MAX:
        known.add(wording)


def _ensure_shown(wording: str) -> None:
    """Refuse fields that are not names with counts."""
    for name, shown in _parsed(wording).items():
        if (
            not is_field_name(name)
            or type(shown) is not dict
            or not shown.keys() <= {"clear", "masked"}
        ):
            raise EntryBroken("Its fields are not names with counts.")
        if not all(type(count) is int and 0 < count <= COUNT_MAX for count in shown.values()):
            raise EntryBroken("Its fields are not names with counts.")


def _ensure_codes(wording: str) -> None:
    """Refuse details that are not codes, counts and ids."""
    for name, detail in _parsed(wording).items():
        parts = detail if type(detail) is list else [detail]
        if not is_detail_name(name) or not all(map(_is_code_or_id, parts)):
            raise EntryBroken("Its details are not codes and counts.")


def _parsed(wording: str) -> dict[str, object]:
    try:
        parsed = orjson.loads(wording)
    except orjson.JSONDecodeError:
        raise EntryBroken("It is not JSON.") from None
    if orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS) != wording.encode():
        raise EntryBroken("It is not in canonical form.")
    return dict(parsed)


def _is_code_or_id(part: object) -> bool:
    return is_code(part) or (isinstance(part, str) and bool(re.fullmatch(_ID, part)))
