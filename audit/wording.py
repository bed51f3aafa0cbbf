"""How each field of an entry may be worded: codes, counts and names, with no room for a value."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

COUNT_MAX: Final = 10**10 - 1  # a count; 11 digits could be a telephone number
_CODE: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9_.:/@+=-]{0,79}|[0-9]{1,6}([-/.:][A-Za-z0-9]{1,6}){0,4}"
    r"|[0-9]{4}Q[1-4]"  # a period
)
# Seven digits together, or the eleven of a telephone number however they are grouped.
_LONG_NUMBER: Final = re.compile(r"[0-9]{7}|([0-9][-./:_ ]?){11}")
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
ROLE: Final = re.compile(r"[a-z_]{1,40}")
_ACTION: Final = re.compile(r"[a-z][a-z_]*:[a-z][a-z_]*")
_OPERATION: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_ -]{0,63}")
FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "action": _ACTION,
    "staff_no": re.compile(r"[A-Za-z0-9_-]{0,20}"),
    "unit": re.compile(r"(/([A-Za-z0-9_-]{1,20}/)*)?"),
    "session": re.compile(r"[0-9a-f]{0,16}"),
    "type": re.compile(r"[A-Za-z]{0,40}"),
    "line": re.compile(r"[A-Za-z0-9_ ,.:/*-]{0,200}"),
    "purpose": re.compile(r"[A-Za-z0-9_.-]{0,40}"),
    "policy": re.compile(r"[A-Za-z0-9_.:-]{0,80}"),
    "request": re.compile(r"[A-Za-z0-9-]{0,64}"),
    "operation": re.compile(r"([A-Za-z_][A-Za-z0-9_ -]{0,63})?"),
}
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z_]{0,40}(\.[A-Za-z][A-Za-z0-9_]{0,40}){0,3}")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")


def is_field_name(name: str) -> bool:
    """Tell whether *name* names a field: 'customer.name'."""
    return bool(_FIELD.fullmatch(name))


def is_detail_name(name: str) -> bool:
    """Tell whether *name* may name a detail: 'rows_set_aside'."""
    return bool(_KEY.fullmatch(name))


def is_code(detail: object) -> bool:
    """Tell whether it is an id, a count, a hash, or a word without a number that names anyone."""
    if isinstance(detail, int):
        return -COUNT_MAX <= detail <= COUNT_MAX
    if isinstance(detail, str):
        if _HASH.fullmatch(detail):
            return True
        return bool(_CODE.fullmatch(detail)) and not _LONG_NUMBER.search(detail)
    return isinstance(detail, UUID)


def is_operation(name: str) -> bool:
    """Tell whether an operation's name can stand in an entry."""
    return bool(_OPERATION.fullmatch(name)) and not _LONG_NUMBER.search(name)
