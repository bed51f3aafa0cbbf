"""Entries of the audit trail: codes, counts and pseudonyms, and the bytes that are hashed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import strawberry

from authz.action import Action
from domain.audit_entry import Result
from reading.noun import Place
from reading.source import Many, One, Order, Where
from schema import page
from schema.declare import (
    argument,
    attribute,
    column,
    computed,
    filtering,
    identity,
    many,
    name_enum,
    one,
    part,
    read_from,
    shown,
    where,
)
from schema.page import AFTER, PageInfo

TEXT = "convert_from({t}.entry, 'UTF8')"
JSON = f"{TEXT}::jsonb"

name_enum(
    Result,
    "How the thing that was tried came out.",
    {"DONE": "It was done.", "REFUSED": "It was refused.", "FAILED": "It failed."},
    name="AuditResult",
)


class ShownField(NamedTuple):
    """How many values of one field left the process, in clear and masked."""

    name: str
    clear: int
    masked: int


def shown_fields(_run: object, fields: Mapping[str, Mapping[str, int]]) -> Sequence[ShownField]:
    """Return the counts of an entry, field by field."""
    return [
        ShownField(name, counts.get("clear", 0), counts.get("masked", 0))
        for name, counts in sorted(fields.items())
    ]


@shown
class AuditField:
    """How many values of one field an operation showed."""

    name: str = attribute(
        lambda of: of.name, "The field: `phone`, or `customer.phone` where it was revealed."
    )
    clear: int = attribute(lambda of: of.clear, "Values that were shown in clear.")
    masked: int = attribute(lambda of: of.masked, "Values that were shown masked.")


@read_from("trail_entry", (Action.AUDIT_ENTRY_READ, Place()))
class AuditEntry:
    """One thing that was done, refused or failed, as the audit trail remembers it."""

    id: strawberry.ID = identity("{t}.index", description="Global id; opaque.")
    index: int = column("index", "Place in the trail, from 0.")
    at: datetime = column("at", "When.")
    action: str = column("action", "What was tried: `noun:verb`.")
    result: Result = column(f"({JSON}->>'result')", "How it came out.")
    staff_no: str = column(f"({JSON}->>'staff_no')", "Who; empty for the service itself.")
    roles: list[str] = column(
        f"array(select jsonb_array_elements_text({JSON}->'roles'))", "The roles they acted with."
    )
    unit: str = column(f"({JSON}->>'unit')", "Path of the unit they acted for.")
    type: str = column(f"({JSON}->>'type')", "Type of the rows that were read or changed.")
    rows: int = column(f"jsonb_array_length({JSON}->'rows')", "How many rows.")
    customers: int = column("cardinality({t}.customers)", "How many customers it concerns.")
    fields: list[AuditField] = computed(
        shown_fields, f"({JSON}->'fields')", description="What was shown, as counts."
    )
    line: str = column(f"({JSON}->>'line')", "The policy line that allowed it; or empty.")
    purpose: str = column(f"({JSON}->>'purpose')", "Code of the purpose; or empty.")
    request_id: str = column(f"({JSON}->>'request')", "The request's number.")
    operation: str = column(f"({JSON}->>'operation')", "GraphQL operation or command.")
    leaf_hash: str = column("encode({t}.leaf_hash, 'hex')", "SHA-256 of a zero byte and the entry.")
    canonical: str = column(TEXT, "The entry itself: the very bytes that are hashed, as UTF-8.")


@shown
class AuditEntryEdge:
    """An entry in a list."""

    cursor: str = part("cursor", page.CURSOR)
    node: AuditEntry = part("node", page.NODE)


@shown
class AuditEntryConnection:
    """A page of entries; not counted, since a trail grows to many millions."""

    edges: list[AuditEntryEdge] = part("edges", page.EDGES)
    nodes: list[AuditEntry] = part("nodes", page.NODES)
    page_info: PageInfo = part("pageInfo", page.PAGE_INFO)


@filtering
class AuditEntryFilter:
    """Which entries; all that is given must hold."""

    staff_no: str | None = where(
        "{t}.staff_id in (select id from staff where staff_no = {v})", "Only what they tried."
    )
    action: str | None = where("{t}.action = {v}", "Only this action: `noun:verb`.")
    result: Result | None = where(f"{JSON}->>'result' = {{v}}", "Only what came out so.")
    customer_number: str | None = where(
        "{t}.customers && array(select id from customer where customer_no = {v})",
        "Only what concerns the customer with this number.",
    )
    from_at: datetime | None = where("{t}.at >= {v}", "Only from this instant on.")
    to_at: datetime | None = where("{t}.at < {v}", "Only before this instant.")


@shown
class AuditEntryQuery:
    """Questions about the audit trail."""

    audit_entries: AuditEntryConnection = many(
        Many(orders={None: Order("{t}.index", "bigint", descending=True, is_unique=True)}),
        "The audit trail, newest first; that it was read is remembered in it.",
        page.first(50),
        AFTER,
        argument("filter", AuditEntryFilter | None, "Which entries."),
    )
    audit_entry: AuditEntry | None = one(
        One(where={"index": Where("{t}.index = {v}")}),
        "One entry by its place in the trail; null if there is none.",
        argument("index", int, "Its place, from 0."),
    )
