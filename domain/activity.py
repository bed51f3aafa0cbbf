"""What staff do with a customer: kinds, outcomes, and what may be noted."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import RuleBroken

NOTED_WITHIN_DAYS = 31  # the month's report is closed by then (第十六条(四))
NOTE_CHARS_MAX = 4000


class ActivityKind(StrEnum):
    """How a customer was approached."""

    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"
    CARD = "card"
    GIFT = "gift"
    EVENT = "event"


class ActivityOutcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    UNREACHED = "unreached"
    RESCHEDULED = "rescheduled"
    DECLINED = "declined"
    INVALID = "invalid"  # the number or address is no longer right


NOTE_REQUIRED = frozenset({ActivityOutcome.DECLINED, ActivityOutcome.INVALID})


@dataclass(frozen=True, slots=True)
class Activity:
    """What a member of staff wants to note.

    Args:
        happened_on: The day in the bureau's calendar.
        note: What was said; empty if nothing.
        next_on: When to approach the customer again; None if not agreed.
        with_staff_id: The colleague who took part; None if nobody.
    """

    kind: ActivityKind
    outcome: ActivityOutcome
    happened_on: date
    staff_id: UUID
    note: str = ""
    next_on: date | None = None
    with_staff_id: UUID | None = None


def ensure_notable(activity: Activity, today: date) -> None:
    """Refuse an activity that cannot be noted as it stands.

    Raises:
        RuleBroken: ACTIVITY_IN_FUTURE, ACTIVITY_TOO_OLD, NOTE_REQUIRED, NOTE_TOO_LONG,
            NEXT_DAY_REQUIRED, NEXT_DAY_PAST, WITH_SELF or VISIT_ONLY_TOGETHER.
    """
    _ensure_recent(activity.happened_on, today)
    _ensure_explained(activity)
    _ensure_next_day(activity, today)
    _ensure_company(activity)


def _ensure_recent(happened_on: date, today: date) -> None:
    if happened_on > today:
        raise RuleBroken(
            "ACTIVITY_IN_FUTURE",
            "This day has not come yet. Note an activity on or after the day it happened.",
            ("input", "happenedOn"),
        )
    if happened_on < today - timedelta(days=NOTED_WITHIN_DAYS):
        raise RuleBroken(
            "ACTIVITY_TOO_OLD",
            f"Activities are noted within {NOTED_WITHIN_DAYS} days. Ask the outlet head to add"
            " older ones to the paper file.",
            ("input", "happenedOn"),
            {"days": NOTED_WITHIN_DAYS},
        )


def _ensure_explained(activity: Activity) -> None:
    if activity.outcome in NOTE_REQUIRED and not activity.note.strip():
        raise RuleBroken(
            "NOTE_REQUIRED",
            "Write down why the customer declined, or what is wrong with the contact data.",
            ("input", "note"),
        )
    if len(activity.note) > NOTE_CHARS_MAX:
        raise RuleBroken(
            "NOTE_TOO_LONG",
            f"The note has {len(activity.note)} characters; at most {NOTE_CHARS_MAX} fit."
            " Shorten it.",
            ("input", "note"),
            {"length": len(activity.note), "max": NOTE_CHARS_MAX},
        )


def _ensure_next_day(activity: Activity, today: date) -> None:
    if activity.outcome is ActivityOutcome.RESCHEDULED and activity.next_on is None:
        raise RuleBroken(
            "NEXT_DAY_REQUIRED",
            "Give the day that was agreed for the next contact.",
            ("input", "nextOn"),
        )
    if activity.next_on is not None and activity.next_on < today:
        raise RuleBroken(
            "NEXT_DAY_PAST",
            "The next contact lies in the past. Choose today or a later day.",
            ("input", "nextOn"),
        )


def _ensure_company(activity: Activity) -> None:
    if activity.with_staff_id is None:
        return
    if activity.with_staff_id == activity.staff_id:
        raise RuleBroken(
            "WITH_SELF",
            "You are already named on this visit. Choose the colleague who came along.",
            ("input", "withStaffId"),
        )
    if activity.kind not in (ActivityKind.VISIT, ActivityKind.EVENT):
        raise RuleBroken(
            "VISIT_ONLY_TOGETHER",
            "Only visits and events are made together. Leave the colleague empty.",
            ("input", "withStaffId"),
        )
