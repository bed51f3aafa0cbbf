"""Made-up complaints in every state, each with its 24 hours (第十三条, 第十四条)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demo.chance import Chance
from demo.note import filled
from demo.words import words

CLOSED = 84
RECENT = ("taken", "taken", "in_hand", "in_hand", "in_hand", "answered", "answered", "answered")
ANSWERED_LATE_PCT = 4
CHANNELS = {"counter": 46, "phone": 30, "app": 12, "visit": 8, "email": 4}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint without its customer and staff.

    Args:
        cause: What was found; None while it is only taken.
        closed_at: When the customer had been told and the matter was closed.
    """

    state: str
    channel: str
    taken_at: datetime
    closed_at: datetime | None
    cause: str | None
    text: str

    def due_at(self, answer_hours: int) -> datetime:
        """Return by when the customer has to be told the result."""
        return self.taken_at + timedelta(hours=answer_hours)


def complaints(now: datetime, seed: int) -> list[Complaint]:
    """Return a year's complaints, the oldest first: most closed, some of these days still open.

    Args:
        now: The present instant; nothing happens after it.
        seed: Another one makes other complaints.
    """
    chance = Chance(seed, "complaints", now.date().isoformat())
    closed = [
        _complaint(
            "closed", _office_hour(now - timedelta(days=chance.between(4, 364)), chance), chance
        )
        for _ in range(CLOSED)
    ]
    recent = [_complaint(state, _recently(state, now, chance), chance) for state in RECENT]
    return sorted(closed + recent, key=lambda complaint: complaint.taken_at)


def _recently(state: str, now: datetime, chance: Chance) -> datetime:
    """Return when a complaint that is still open was taken."""
    hours = {"taken": (1, 5), "in_hand": (6, 20), "answered": (26, 70)}[state]
    return now - timedelta(minutes=chance.between(hours[0] * 60, hours[1] * 60))


def _office_hour(day: datetime, chance: Chance) -> datetime:
    """Return an hour of that day at which outlets are open (01:00 to 09:00 UTC)."""
    return day.replace(hour=chance.between(1, 8), minute=chance.between(0, 59), second=0)


def _complaint(state: str, taken_at: datetime, chance: Chance) -> Complaint:
    kinds: list[dict[str, Any]] = words("complaints")["complaint"]
    kind = kinds[chance.weighted({place: kind["weight"] for place, kind in enumerate(kinds)})]
    text = filled(chance.choice(kind["texts"]), words("complaints")["fillings"], chance, {})
    hours = chance.uniform(25, 52) if chance.happens(ANSWERED_LATE_PCT) else chance.uniform(1, 22)
    return Complaint(
        state=state,
        channel=chance.weighted(CHANNELS),
        taken_at=taken_at,
        closed_at=taken_at + timedelta(hours=hours) if state == "closed" else None,
        cause=None if state == "taken" else kind["cause"],
        text=text,
    )
