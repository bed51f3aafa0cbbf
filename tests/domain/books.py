"""The main rule book, a calendar of three years, and customers as the tests need them."""

from datetime import date
from uuid import UUID

from domain.due import CustomerFacts
from services.calendar import china_calendar
from store.rule_book import load_rule_book

RULE_BOOK = load_rule_book()
CALENDAR = china_calendar(2024, 2027)


def a_customer(
    tier: str,
    number: int = 7,
    *,
    tier_since_on: date | None = None,
    entered_on: date | None = None,
    birth_date: date | None = None,
) -> CustomerFacts:
    """Return a customer of *tier*, held longer than anyone knows unless told otherwise."""
    customer_no = f"C07{number:07}"
    return CustomerFacts(UUID(int=number), customer_no, tier, tier_since_on, entered_on, birth_date)
