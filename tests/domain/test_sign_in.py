"""How long to wait after failures, and when a session no longer counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.sign_in import (
    FREE_FAILURES,
    SESSION_IDLE,
    WAIT_MAX,
    ensure_may_try,
    ensure_password_fit,
    is_session_live,
)

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)


def _wait_s(failures: int, failed_at: datetime = NOW) -> int:
    try:
        ensure_may_try(failures, failed_at, NOW)
    except RuleBroken as broken:
        return int(broken.params["seconds"])
    return 0


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (13, 512), (14, 900), (10_000, 900)]
)
def test_the_wait_doubles_after_the_free_failures_up_to_a_quarter_hour(
    failures: int, seconds: int
) -> None:
    assert _wait_s(failures) == seconds


@given(st.integers(0, 100), st.integers(0, 2_000))
def test_one_more_failure_never_shortens_the_wait(failures: int, seconds_ago: int) -> None:
    failed_at = NOW - timedelta(seconds=seconds_ago)

    assert _wait_s(failures, failed_at) <= _wait_s(failures + 1, failed_at)


@given(st.integers(FREE_FAILURES + 1, 100))
def test_whoever_waits_as_long_as_told_may_try(failures: int) -> None:
    wait = timedelta(seconds=_wait_s(failures))

    ensure_may_try(failures, NOW, NOW + wait)
    assert wait <= WAIT_MAX


def test_a_session_counts_until_it_has_been_idle_or_its_day_is_over() -> None:
    later = NOW + timedelta(hours=1)

    assert is_session_live(NOW, later, NOW + SESSION_IDLE - timedelta(seconds=1))
    assert not is_session_live(NOW, later, NOW + SESSION_IDLE)
    assert not is_session_live(later, later, later)


@pytest.mark.parametrize(
    ("password", "code"),
    [("九个字太短了吧呀", "PASSWORD_TOO_SHORT"), ("xx-S00001-xx", "PASSWORD_HOLDS_STAFF_NO")],
)
def test_a_password_that_is_easy_to_guess_is_refused(password: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        ensure_password_fit(password, "s00001", ())

    assert refusal.value.code == code
