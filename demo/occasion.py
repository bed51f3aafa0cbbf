"""What is done for customers beside what is owed: cards for Spring Festival, and events."""

from datetime import date, timedelta
from typing import Final

from demo.chance import Chance
from demo.history import History
from domain.activity import ActivityKind, ActivityOutcome
from domain.calendar import Calendar
from domain.tier import NO_TIER

INVITED_TIERS: Final = frozenset({"platinum", "diamond"})  # 第十二条
EVENT_MONTHS: Final = (5, 9)
ATTENDS_PCT: Final = 58
CARD_PCT: Final = 46
_SATURDAY: Final = 5


def event_days(from_day: date, today: date) -> list[date]:
    """Return the days of the bureau's events: the third Saturday of May and of September."""
    days = []
    for year in range(from_day.year, today.year + 1):
        for month in EVENT_MONTHS:
            first_on = date(year, month, 1)
            saturday = first_on + timedelta(days=(_SATURDAY - first_on.weekday()) % 7 + 14)
            if from_day <= saturday < today:
                days.append(saturday)
    return days


def note_occasions(
    history: History, calendar: Calendar, from_day: date, today: date, chance: Chance
) -> None:
    """Note the events that a customer came to, and the cards that were sent.

    Args:
        history: Of one customer; activities are added to it.
        calendar: Knows the Spring Festivals.
        from_day: The first day that is told of.
        today: Nothing is noted of this day or later.
        chance: Says who came, and who was sent a card.
    """
    reached = ActivityOutcome.REACHED
    for day in event_days(from_day, today):
        if history.kept.tier_on(day) in INVITED_TIERS and chance.happens(ATTENDS_PCT):
            history.note(day, ActivityKind.EVENT, reached, ("any", ""))
    for festival in calendar.festival_days("spring_festival", from_day, today):
        day = calendar.shift(festival, -chance.between(3, 10))
        if history.kept.tier_on(day) != NO_TIER and chance.happens(CARD_PCT) and day >= from_day:
            history.note(day, ActivityKind.CARD, reached, ("festival", ""))
