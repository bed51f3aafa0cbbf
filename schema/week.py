"""A week's load of work, day by day."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import strawberry

from authz.action import Action
from reading.noun import Place
from reading.source import Many, Order, Where
from schema.declare import argument, column, computed, many, read_from, shown
from schema.staff import staff_id


def owner_if_any(run: Any, text: object) -> object:
    """Return whose week it is; None for everybody within reach. What is no id is nobody's."""
    return None if text is None else staff_id(run, text) or UUID(int=0)


def first_day(run: Any, day: date | None) -> date:
    """Return the first of the seven days: this week's Monday unless given."""
    return day or run.today - timedelta(days=run.today.weekday())


def is_workday(run: Any, day: date) -> bool:
    """Tell whether the bureau works on *day*."""
    return bool(run.calendar.is_workday(day))


_LOAD = """(
    select d.day::date as day,
        count(o.id) filter (where o.state = 'open' and o.plan_on = d.day) as open,
        count(o.id) filter (where o.settled_on = d.day) as settled
    from generate_series({args.fromOn}::date, {args.fromOn}::date + 6, '1 day') d(day)
    left join (
        select o.* from obligation o
        join unit ou on ou.id = o.unit_id
        join customer c on c.id = o.customer_id
        left join unit cu on cu.id = c.home_unit_id
        where ({args.owner}::uuid is null or o.owner_id = {args.owner}::uuid) and {reach}
            and ((o.state = 'open'
                    and o.plan_on between {args.fromOn}::date and {args.fromOn}::date + 6)
                or o.settled_on between {args.fromOn}::date and {args.fromOn}::date + 6)
    ) o on (o.state = 'open' and o.plan_on = d.day) or o.settled_on = d.day
    group by d.day
)"""


@read_from(
    _LOAD,
    (Action.OBLIGATION_READ, Place(path="ou.path", manager="o.owner_id")),
    (Action.CUSTOMER_READ, Place(path="cu.path", manager="c.manager_id")),
    inside=True,
)
class DayLoad:
    """What has been done and is still owed on one day."""

    day: date = column("day", "The day.")
    open: int = column("open", "Open obligations planned for it.")
    settled: int = column("settled", "Obligations settled on it.")
    is_workday: bool = computed(is_workday, "day", description="Whether the bureau works that day.")


@shown
class WeekQuery:
    """Questions about weeks."""

    week: list[DayLoad] = many(
        Many(
            orders={None: Order("{t}.day", "date", is_unique=True)},
            where={"owner": Where("", value=owner_if_any), "fromOn": Where("", value=first_day)},
        ),
        "Seven days of work within reach.",
        argument(
            "owner", strawberry.ID | None, "Whose alone; everybody's within reach if not given."
        ),
        argument("from_on", date | None, "The first day; this week's Monday if not given."),
    )
