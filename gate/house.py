"""What the product runs on, opened once: database, vault, policy, trail, rule book and clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
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
        calendar_around: Returns a calendar that reaches a year beyond a day, both ways.
        home: WEIHU_HOME.
        is_demo: Whether this is the made-up bureau; pages say so.
    """

    database: Database
    vault: Vault
    policy: Policy
    trail: Trail
    rule_book: RuleBook
    now: Callable[[], datetime]
    calendar_around: Callable[[date], Calendar]
    home: Path
    is_demo: bool = False

    def today(self) -> date:
        """Return today's date in the bureau's calendar."""
        return self.now().astimezone(BUREAU_ZONE).date()

    @property
    def calendar(self) -> Calendar:
        """The bureau's calendar, reaching a year beyond today."""
        return self.calendar_around(self.today())

    @property
    def work(self) -> Path:
        """Where the batch keeps files while it runs."""
        return self.home / "deliveries" / "work"
