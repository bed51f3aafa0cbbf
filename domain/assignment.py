"""Who may look after a customer, how many, and how a new customer finds a manager."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.bureau_rule import Cap
from domain.errors import RuleBroken
from domain.rule_book import RuleBook

MANAGER = "customer_manager"


def roles_that_manage(rule_book: RuleBook) -> tuple[str, ...]:
    """Return the roles that maintain customers, the first choice first (第八条, 第九条)."""
    return rule_book.maintenance.roles_that_are(MANAGER)


def least_busy(candidates: Sequence[tuple[str, UUID]], load: Mapping[UUID, int]) -> UUID | None:
    """Return who has the fewest customers; on a tie the lower staff number; None if nobody can.

    Args:
        candidates: Staff number and id of those who may, all of one role.
        load: Customers whom each has now.
    """
    if not candidates:
        return None
    return min(candidates, key=lambda one: (load.get(one[1], 0), one[0]))[1]


def cap_reached(rule_book: RuleBook, role: str, tier: str, present: int) -> Cap | None:
    """Return the cap that somebody in *role* has reached for customers of *tier*, if any.

    Args:
        present: Customers whom they have now in the tiers that the cap counts.
    """
    for cap in rule_book.maintenance.caps:
        if role in cap.roles and tier in cap.tiers and present >= cap.customers_max:
            return cap
    return None


def ensure_below_cap(rule_book: RuleBook, role: str, tier: str, present: int) -> None:
    """Refuse one more customer of *tier* to somebody who has as many as the rule book allows.

    Args:
        present: Customers whom they have now in the tiers that the cap counts.

    Raises:
        RuleBroken: With the cap.
    """
    cap = cap_reached(rule_book, role, tier, present)
    if cap is not None:
        raise RuleBroken(
            "MANAGER_FULL",
            f"They have {present} customers of Gold and above; {cap.customers_max} is the most"
            f" ({cap.article}). Choose another manager, or have the outlet add staff.",
            ("input", "managerId"),
            {"present": present, "max": cap.customers_max, "article": cap.article},
        )


def tiers_capped(rule_book: RuleBook) -> tuple[str, ...]:
    """Return the tiers that any cap counts."""
    return tuple(sorted({tier for cap in rule_book.maintenance.caps for tier in cap.tiers}))
