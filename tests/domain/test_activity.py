"""What may be noted of a contact, and what a clerk is told otherwise."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.activity import Activity, ActivityKind, ActivityOutcome, ensure_notable
from domain.errors import RuleBroken

TODAY = date(2026, 5, 20)
ME, COLLEAGUE = UUID(int=1), UUID(int=2)
CALL = Activity(ActivityKind.CALL, ActivityOutcome.REACHED, TODAY, ME)
VISIT = replace(CALL, kind=ActivityKind.VISIT)


@pytest.mark.parametrize(
    "activity",
    [
        CALL,
        replace(CALL, happened_on=date(2026, 4, 19)),
        replace(CALL, outcome=ActivityOutcome.UNREACHED),
        replace(CALL, outcome=ActivityOutcome.DECLINED, note="不需要理财"),
        replace(CALL, outcome=ActivityOutcome.RESCHEDULED, next_on=TODAY),
        replace(VISIT, with_staff_id=COLLEAGUE),
    ],
)
def test_what_happened_lately_and_is_explained_may_be_noted(activity: Activity) -> None:
    ensure_notable(activity, TODAY)


@pytest.mark.parametrize(
    ("activity", "code", "field"),
    [
        (replace(CALL, happened_on=date(2026, 5, 21)), "ACTIVITY_IN_FUTURE", "happenedOn"),
        (replace(CALL, happened_on=date(2026, 4, 18)), "ACTIVITY_TOO_OLD", "happenedOn"),
        (replace(CALL, outcome=ActivityOutcome.DECLINED), "NOTE_REQUIRED", "note"),
        (replace(CALL, outcome=ActivityOutcome.INVALID, note=" "), "NOTE_REQUIRED", "note"),
        (replace(CALL, note="长" * 4001), "NOTE_TOO_LONG", "note"),
        (replace(CALL, outcome=ActivityOutcome.RESCHEDULED), "NEXT_DAY_REQUIRED", "nextOn"),
        (replace(CALL, next_on=date(2026, 5, 19)), "NEXT_DAY_PAST", "nextOn"),
        (replace(VISIT, with_staff_id=ME), "WITH_SELF", "withStaffId"),
        (replace(CALL, with_staff_id=COLLEAGUE), "VISIT_ONLY_TOGETHER", "withStaffId"),
    ],
)
def test_what_may_not_be_noted_is_refused_at_the_field_to_mend(
    activity: Activity, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        ensure_notable(activity, TODAY)

    assert (refusal.value.code, refusal.value.path) == (code, ("input", field))
    assert str(refusal.value).endswith(".")
