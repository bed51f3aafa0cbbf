"""What is spent on made-up customers."""

from collections import defaultdict
from datetime import timedelta

import pytest

from demo.care_expense import OUTLIERS, Expense, Ledger
from demo.chance import Chance
from demo.kept import Kept
from demo.year import Years
from tests.demo.conftest import TODAY


@pytest.fixture
def expenses(kept: list[Kept], years: Years) -> list[Expense]:
    ledger = Ledger(years.rule_book, years.calendar, TODAY - timedelta(days=365), TODAY)
    for history in years.of(kept):
        ledger.book_year(history, Chance("expenses", history.kept.customer_no))
    ledger.book_outliers(Chance("outliers"))
    return ledger.expenses


def test_only_the_outliers_pass_the_years_budget(expenses: list[Expense], years: Years) -> None:
    spent: dict[tuple[str, int], int] = defaultdict(int)
    budget: dict[tuple[str, int], int] = defaultdict(int)
    for line in expenses:
        year = (line.kept.customer_no, line.spent_on.year)
        tier = line.kept.tier_on(line.spent_on)
        spent[year] += line.amount_fen
        budget[year] = max(budget[year], years.rule_book.care_budget_fen(tier))

    beyond = [year for year in spent if spent[year] > budget[year]]

    assert 1 <= len(beyond) <= OUTLIERS


def test_one_mistake_is_reversed_by_a_second_line(expenses: list[Expense]) -> None:
    by_id = {line.id: line for line in expenses}
    reversals = [line for line in expenses if line.reverses_id]

    assert len(reversals) == 1
    assert reversals[0].reverses_id
    assert reversals[0].amount_fen == -by_id[reversals[0].reverses_id].amount_fen < 0


def test_vouchers_differ_and_nothing_is_spent_tomorrow(expenses: list[Expense]) -> None:
    assert len({line.voucher_no for line in expenses}) == len(expenses)
    assert all(line.spent_on <= TODAY for line in expenses)
