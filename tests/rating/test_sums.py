"""Sums by customer, outlet and product: what the batch adds up is what the calendar says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.period import Month
from tests.rating.deliveries import balances_text, customer_line, customers_text, write_delivery
from tests.rating.prepared import prepared, sums

MAY = Month(2026, 5)
OUTLETS = ("320701001", "320701002")
PRODUCTS = ("demand", "fund")

account_days = st.dictionaries(
    st.integers(0, MAY.days - 1), st.integers(0, 10**15 - 1), min_size=1, max_size=6
)
accounts = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(OUTLETS), st.sampled_from(PRODUCTS), account_days),
    max_size=8,
)


def test_a_balance_holds_until_the_next_row_or_the_periods_end(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source)

    assert sums(source, deliveries) == [
        ("C1", "320701001", "demand", 6_000_000, 6_000_000 * 91),
        ("C2", "320701001", "time", 30_000_000, 30_000_000 * 91),
        ("C2", "320701002", "fund", 0, 1_000_000 * 51),
    ]


def test_an_account_that_moves_to_another_outlet_counts_at_each_for_its_days(
    source: Path, deliveries: Path
) -> None:
    write_delivery(
        source,
        balances=balances_text(
            "C1,A1,320701001,demand,2026-04-01,10", "C1,A1,320701002,demand,2026-06-30,10"
        ),
    )

    assert sums(source, deliveries) == [
        ("C1", "320701001", "demand", 0, 900),
        ("C1", "320701002", "demand", 10, 10),
    ]


def test_a_row_set_aside_leaves_the_balance_before_it_in_place(
    source: Path, deliveries: Path
) -> None:
    write_delivery(
        source,
        balances=balances_text(
            "C1,A1,320701001,demand,2026-04-01,10", "C1,A1,320701001,demand,2026-06-30,-1"
        ),
    )

    assert sums(source, deliveries) == [("C1", "320701001", "demand", 10, 910)]


@settings(deadline=None, max_examples=15)
@given(accounts)
def test_both_forms_give_what_adding_up_day_by_day_gives(
    book: list[tuple[int, str, str, dict[int, int]]],
) -> None:
    changes: list[str] = []
    daily: list[str] = []
    expected: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number, (customer, outlet, product, days) in enumerate(book):
        head = f"C{customer},A{number},{outlet},{product}"
        changes += [f"{head},{_day(day)},{fen}" for day, fen in days.items()]
        for day, fen in _every_day(days):
            daily.append(f"{head},{_day(day)},{fen}")
            kept = expected[f"C{customer}", outlet, product]
            kept[1] += fen
            if day == MAY.days - 1:
                kept[0] += fen
    wanted = sorted((*key, *kept) for key, kept in expected.items())

    assert _sums_of(changes, "changes") == wanted
    assert _sums_of(reversed(daily), "daily") == wanted


def test_the_archive_holds_whole_numbers(source: Path, deliveries: Path) -> None:
    with prepared(write_delivery(source), deliveries) as delivery:
        types = delivery.connection.execute("describe select * from sums").fetchall()

    assert {row[0]: row[1] for row in types if row[0].endswith("_fen")} == {
        "stock_fen": "BIGINT",
        "balance_days_fen": "BIGINT",
    }


def _every_day(days: dict[int, int]) -> Iterable[tuple[int, int]]:
    fen = 0
    for day in range(min(days), MAY.days):
        fen = days.get(day, fen)
        yield day, fen


def _day(day: int) -> date:
    return MAY.first_on + timedelta(days=day)


def _sums_of(lines: Iterable[str], form: str) -> list[tuple[str, str, str, int, int]]:
    customers = customers_text(*(customer_line(number) for number in (1, 2, 3)))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "delivered"
        write_delivery(
            source,
            period=str(MAY),
            form=form,
            customers=customers,
            balances=balances_text(*lines),
        )
        return sums(source, Path(folder) / "deliveries")
