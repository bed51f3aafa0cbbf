"""What a rule book makes someone owe: kinds, windows, and its place in the work queue."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

WEEK = timedelta(days=7)


class ObligationKind(StrEnum):
    """What is owed to a customer."""

    CALL = "call"
    VISIT = "visit"
    BIRTHDAY = "birthday"
    FESTIVAL = "festival"
    WELCOME = "welcome"


class ObligationState(StrEnum):
    """Where an obligation stands."""

    OPEN = "open"
    SETTLED = "settled"
    MISSED = "missed"
    VOID = "void"


class QueueGroup(StrEnum):
    """Where an open obligation stands in the work queue."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


class Owed(Protocol):
    """What `Due` and a stored obligation have in common."""

    @property
    def key(self) -> str:
        """Rule book, duty, customer and window, so that one obligation is opened once."""

    @property
    def kind(self) -> str:
        """One of `ObligationKind`."""

    @property
    def tier(self) -> str:
        """The customer's tier when it was opened."""

    @property
    def opens_on(self) -> date:
        """The window's first day."""

    @property
    def due_on(self) -> date:
        """The window's last day."""


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation that a rule book asks for.

    Args:
        key: ``postal-high-end/call/<customer id>/2026-07-01``; see `obligation_key`.
        plan_on: The day it is proposed for, so that a window's work is spread.
    """

    key: str
    kind: ObligationKind
    article: str
    tier: str
    opens_on: date
    plan_on: date
    due_on: date


def obligation_key(rule_book: str, duty: str, customer_id: UUID, opens_on: date) -> str:
    """Return the name that makes two openings of one obligation the same.

    Args:
        rule_book: Code of the rule book.
        duty: The kind, or for festivals the festival's code: two may share a day.
        customer_id: Whom it is owed to.
        opens_on: The window's first day.
    """
    return f"{rule_book}/{duty}/{customer_id}/{opens_on.isoformat()}"


def duty_of(key: str) -> str:
    """Return the duty that is part of an obligation's *key*."""
    return key.split("/")[1]


def queue_group(plan_on: date, due_on: date, today: date) -> QueueGroup:
    """Return the group of the work queue that an open obligation belongs to today."""
    if due_on < today:
        return QueueGroup.OVERDUE
    if plan_on <= today:
        return QueueGroup.TODAY
    return QueueGroup.WEEK if plan_on <= today + WEEK else QueueGroup.LATER
