"""What the product runs on, opened once: database, vault, policy, trail, rule book and clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from audit.trail import Trail
from authz.policy import Policy
from domain.calendar import Calendar
from domain.rule_book import RuleBook
from store.database import Database
from vault.vault import Vault

BUREAU_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class House:
    """The parts that every request passes through; time comes in by *now*.

    Args:
        now: Returns the present instant in UTC.
        is_demo: Whether this is the made-up bureau; pages say so.
    """

    database: Database
    vault: Vault
    policy: Policy
    trail: Trail
    rule_book: RuleBook
    calendar: Calendar
    now: Callable[[], datetime]
    is_demo: bool = False

    def today(self) -> date:
        """Return today's date in the bureau's calendar."""
        return self.now().astimezone(BUREAU_ZONE).date()
