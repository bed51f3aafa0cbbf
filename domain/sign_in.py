"""How signing in slows down after failures, and what a password must be."""

from datetime import datetime, timedelta

from domain.errors import RuleBroken

FREE_FAILURES = 4  # a few slips of the finger cost nothing
FREE_FAILURES_OF_ADDRESS = 20  # a whole outlet may share one
WAIT_MAX = timedelta(minutes=15)
SESSION_IDLE = timedelta(minutes=30)
SESSION_LENGTH = timedelta(hours=12)  # one working day
PASSWORD_CHARS_MIN = 12


def ensure_may_try(
    failures: int, failed_at: datetime, now: datetime, free: int = FREE_FAILURES
) -> None:
    """Refuse a try that comes too soon: the wait doubles with every failure after the *free* ones.

    Raises:
        RuleBroken: With the whole seconds left to wait.
    """
    if failures <= free:
        return
    wait = min(timedelta(seconds=2 ** min(failures - free, 12)), WAIT_MAX)
    left = failed_at + wait - now
    if left > timedelta(0):
        seconds = -int(-left.total_seconds() // 1)
        raise RuleBroken(
            "SIGN_IN_TOO_SOON",
            f"Too many failed tries. Wait {seconds} seconds, then try again.",
            params={"seconds": seconds},
        )


def ensure_password_fit(password: str, staff_no: str, path: tuple[str, ...]) -> None:
    """Refuse a password that is short, or the staff number.

    Raises:
        RuleBroken: Saying what to choose instead.
    """
    if len(password) < PASSWORD_CHARS_MIN:
        raise RuleBroken(
            "PASSWORD_TOO_SHORT",
            f"A password has at least {PASSWORD_CHARS_MIN} characters. A sentence is easy to keep.",
            path,
            {"least": PASSWORD_CHARS_MIN},
        )
    if staff_no.lower() in password.lower():
        raise RuleBroken(
            "PASSWORD_HOLDS_STAFF_NO", "A password must not hold your staff number.", path
        )


def is_session_live(seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Tell whether a session that was not ended still counts."""
    return now < expires_at and now - seen_at < SESSION_IDLE
