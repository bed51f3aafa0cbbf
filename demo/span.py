"""The quarters that the demo covers, and the days in them that move money."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lunardate import LunarDate

from demo.chance import Chance
from domain.period import Quarter

QUARTERS = 6
BUREAU_ZONE = ZoneInfo("Asia/Shanghai")
DELIVERED_ON_DAY = 5  # the IT centre's day: 第八条(二)
RATED_ON_DAY = 8  # well before the 15th: 第六条(二)


@dataclass(frozen=True, slots=True)
class Span:
    """Some quarters in a row.

    Args:
        quarters: From the oldest to the last full one.
        spring_festivals: The festival's first days that matter within, as day numbers.
        fund_weeks: What funds did each week, as a share of their value.
    """

    quarters: tuple[Quarter, ...]
    spring_festivals: tuple[int, ...]
    fund_weeks: tuple[float, ...]

    @property
    def first_on(self) -> date:
        """The first day of all, number 0."""
        return self.quarters[0].first_on

    @property
    def last_day(self) -> int:
        """The number of the last day."""
        return self.day_of(self.quarters[-1].last_on)

    def day_of(self, day: date) -> int:
        """Return the number of a day; it is below 0 before the first one."""
        return (day - self.first_on).days


def span_before(today: date, seed: int, quarters: int = QUARTERS) -> Span:
    """Return the full quarters that ended before *today*, the newest last."""
    newest = Quarter.of(today).previous()
    run = [newest]
    while len(run) < quarters:
        run.insert(0, run[0].previous())
    first_on = run[0].first_on
    days = (newest.last_on - first_on).days
    festivals = [
        (LunarDate(year, 1, 1).to_solar_date() - first_on).days
        for year in range(first_on.year, newest.year + 2)
    ]
    chance = Chance(seed, "market", first_on.isoformat())
    return Span(
        quarters=tuple(run),
        spring_festivals=tuple(day for day in festivals if 0 < day < days + 40),
        fund_weeks=tuple(chance.gauss(0.0009, 0.011) for _ in range(days // 7 + 1)),
    )


def delivered_at(quarter: Quarter, today: date) -> datetime:
    """Return when the data centre hands a quarter down: the 5th at eight, or *today* if sooner."""
    return _morning(quarter, DELIVERED_ON_DAY, time(8), today)


def rated_at(quarter: Quarter, today: date) -> datetime:
    """Return when the bureau rates a quarter: on the 8th at ten, or *today* if that is sooner."""
    return _morning(quarter, RATED_ON_DAY, time(10), today)


def _morning(quarter: Quarter, day: int, at: time, today: date) -> datetime:
    wanted = quarter.next().first_on.replace(day=day)
    if wanted < today:
        return datetime.combine(wanted, at, BUREAU_ZONE)
    return datetime.combine(today, time(0), BUREAU_ZONE)
