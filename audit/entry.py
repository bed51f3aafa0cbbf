"""What an audit entry says, never a value, and the canonical bytes of it that are hashed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

import orjson

from audit.wording import (
    COUNT_MAX,
    FORMS,
    ROLE,
    is_code,
    is_detail_name,
    is_field_name,
    is_operation,
)
from domain.audit_entry import Result as Result

FORMAT: Final = 1
ENTRY_BYTES_MAX: Final = 65_535  # C2SP entry bundles count an entry's length in 16 bits
ROWS_MAX: Final = 500  # rows in one entry; 500 rows and 500 customers fit into the bytes above
FIELDS_MAX: Final = 64
DETAILS_CHARACTERS_MAX: Final = 4_000
NO_ENTRY: Final = bytes(32)  # what the first entry of a lane names as the one before


class EntryRefused(ValueError):
    """An entry holds something that is neither a code, a count nor a pseudonym."""


class Shown(NamedTuple):
    """How many values of one field left the process, in clear and masked."""

    clear: int = 0
    masked: int = 0


class Link(NamedTuple):
    """An entry's place in the chain of its process.

    Args:
        process: The process that wrote it.
        lane: The chain within the process: 0 appended, 1-8 written with a change, 9 spooled.
        number: 1, 2, 3 … within the lane.
        previous: Leaf hash of the lane's entry before; `NO_ENTRY` for the first.
    """

    process: UUID
    lane: int
    number: int
    previous: bytes


Detail: TypeAlias = str | int | bool | UUID | tuple[str | int | UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done, refused or failed. The set of fields is closed.

    Args:
        at: When, UTC, to the microsecond.
        action: What was tried, `noun:verb`, as in the policy.
        result: How it came out.
        staff_id: Who; None for the service itself and for someone not signed in.
        staff_no: Who, as the bank knows them; empty where *staff_id* is None.
        roles: The roles they acted with.
        unit: Path of the unit they acted for: '/3207/320701/'.
        session: `session_code` of the session; never the token.
        type: Type of the rows: 'Customer'.
        rows: Row ids (pseudonyms) that were read or changed.
        customers: Customers whom it concerns, where *rows* are not customers themselves.
        fields: Field -> how many values of it were shown, taken from the response that is sent.
        line: The policy line that decided, empty where none did.
        grant: The grant that opened the rows or fields.
        purpose: Code of the purpose.
        policy: Version of the policy in force.
        request: Request id, made by the server.
        operation: `operation_code` of the GraphQL operation, or the command.
        details: Codes and counts only.

    Raises:
        EntryRefused: Something in it could be a value: free text, a long number, an unknown form.
    """

    at: datetime
    action: str
    result: Result
    staff_id: UUID | None = None
    staff_no: str = ""
    roles: tuple[str, ...] = ()
    unit: str = ""
    session: str = ""
    type: str = ""
    rows: tuple[UUID, ...] = ()
    customers: tuple[UUID, ...] = ()
    fields: Mapping[str, Shown] = field(default_factory=dict)
    line: str = ""
    grant: UUID | None = None
    purpose: str = ""
    policy: str = ""
    request: str = ""
    operation: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ensure_without_values(self)

    def parts(self) -> Iterator["Entry"]:
        """Yield the entry, or its parts if it names more than `ROWS_MAX` rows or customers.

        The counts of fields stand in the first part, so that adding up the parts is right.
        """
        longest = max(len(self.rows), len(self.customers))
        if longest <= ROWS_MAX:
            yield self
            return
        of = -(-longest // ROWS_MAX)
        for part in range(of):
            rows = slice(part * ROWS_MAX, (part + 1) * ROWS_MAX)
            yield replace(
                self,
                rows=self.rows[rows],
                customers=self.customers[rows],
                fields=self.fields if part == 0 else {},
                details={**self.details, "part": part + 1, "parts": of},
            )


def canonical(entry: Entry, link: Link) -> bytes:
    """Return the bytes that are stored and hashed: JSON after RFC 8785, keys sorted, UTF-8.

    Raises:
        EntryRefused: They do not fit into an entry bundle.
    """
    text = orjson.dumps(_as_json(entry, link), _pseudonym, orjson.OPT_SORT_KEYS)
    if len(text) > ENTRY_BYTES_MAX:
        raise EntryRefused(f"An entry has at most {ENTRY_BYTES_MAX} bytes, not {len(text)}.")
    return text


def session_code(token_sha256: bytes) -> str:
    """Return how entries name a session: the first 16 hex digits of its token's hash."""
    return token_sha256.hex()[:16]


def operation_code(name: str | None) -> str:
    """Return an operation's name as an entry may hold it; a sender may put anything there."""
    return name if name is not None and is_operation(name) else "unnamed"


def _as_json(entry: Entry, link: Link) -> dict[str, object]:
    return {
        "action": entry.action,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z",
        "customers": entry.customers,
        "details": dict(entry.details),
        "fields": {
            name: {way: n for way, n in shown._asdict().items() if n}
            for name, shown in entry.fields.items()
        },
        "format": FORMAT,
        "grant": entry.grant or "",
        "lane": link.lane,
        "line": entry.line,
        "number": link.number,
        "operation": entry.operation,
        "policy": entry.policy,
        "previous": link.previous.hex(),
        "process": link.process,
        "purpose": entry.purpose,
        "request": entry.request,
        "result": entry.result,
        "roles": entry.roles,
        "rows": entry.rows,
        "session": entry.session,
        "staff_id": entry.staff_id or "",
        "staff_no": entry.staff_no,
        "type": entry.type,
        "unit": entry.unit,
    }


def _pseudonym(value: object) -> str:
    """Return what orjson does not know: asyncpg's ids are a subclass of UUID."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError


def ensure_without_values(entry: Entry) -> None:
    """Refuse an entry that holds anything but codes, counts and pseudonyms.

    Raises:
        EntryRefused: Names the field, not what stands in it: the text of an error goes into logs.
    """
    for name, form in FORMS.items():
        if not form.fullmatch(getattr(entry, name)):
            raise EntryRefused(f"{name} of an audit entry is not in its form.")
    if entry.at.tzinfo is None:
        raise EntryRefused("at of an audit entry needs a time zone.")
    kinds = {*map(type, entry.rows), *map(type, entry.customers)}
    if not all(issubclass(kind, UUID) for kind in kinds):
        raise EntryRefused("rows and customers of an audit entry are ids.")
    if not all(map(ROLE.fullmatch, entry.roles)):
        raise EntryRefused("roles of an audit entry are not codes.")
    if len(entry.fields) > FIELDS_MAX or len(repr(entry.details)) > DETAILS_CHARACTERS_MAX:
        raise EntryRefused("An audit entry names too many fields or details.")
    for name, shown in entry.fields.items():
        if not is_field_name(name) or not all(0 <= n <= COUNT_MAX for n in shown):
            raise EntryRefused("fields of an audit entry are names with counts.")
    for name, detail in entry.details.items():
        parts = detail if isinstance(detail, tuple) else (detail,)
        if not is_detail_name(name) or not all(map(is_code, parts)):
            raise EntryRefused(f"Detail {name[:40]!r} of an audit entry is neither code nor count.")
