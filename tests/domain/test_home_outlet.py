"""Which outlet a customer belongs to."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.home_outlet import HomeOutlet, OutletStock, home_outlet


def test_the_largest_stock_on_the_last_day_names_the_home_outlet() -> None:
    stocks = [OutletStock("320701001", 100, 900), OutletStock("320701002", 101, 0)]

    assert home_outlet(stocks, None) == HomeOutlet("320701002")


def test_on_a_tie_the_larger_sum_over_the_days_decides() -> None:
    stocks = [OutletStock("320701001", 100, 900), OutletStock("320701002", 100, 901)]

    assert home_outlet(stocks, "320701001") == HomeOutlet("320701001", "320701002")


def test_on_a_full_tie_the_present_home_outlet_stays() -> None:
    stocks = [OutletStock("320701001", 100, 900), OutletStock("320701002", 100, 900)]

    assert home_outlet(stocks, "320701002") == HomeOutlet("320701002")


def test_on_a_full_tie_without_a_home_the_lower_code_wins() -> None:
    stocks = [OutletStock("320701002", 100, 900), OutletStock("320701001", 100, 900)]

    assert home_outlet(stocks, None) == HomeOutlet("320701001")


def test_another_result_is_only_proposed() -> None:
    stocks = [OutletStock("320701001", 100, 900), OutletStock("320702001", 500, 900)]

    assert home_outlet(stocks, "320701001") == HomeOutlet("320701001", "320702001")


def test_without_accounts_the_home_outlet_is_what_it_was() -> None:
    assert home_outlet([], "320701001") == HomeOutlet("320701001")
    assert home_outlet([], None) == HomeOutlet(None)


stocks_at_outlets = st.lists(
    st.builds(OutletStock, st.sampled_from("ABCD"), st.integers(0, 3), st.integers(0, 3)),
    unique_by=lambda at: at.outlet_code,
)


@given(stocks_at_outlets, st.none() | st.sampled_from("ABCDE"), st.randoms())
def test_the_order_of_the_accounts_never_matters(
    stocks: list[OutletStock], present: str | None, random: Random
) -> None:
    shuffled = sorted(stocks, key=lambda _: random.random())

    assert home_outlet(shuffled, present) == home_outlet(stocks, present)


@given(stocks_at_outlets, st.sampled_from("ABCDE"))
def test_a_home_outlet_once_held_never_changes_by_itself(
    stocks: list[OutletStock], present: str
) -> None:
    assert home_outlet(stocks, present).outlet_code == present
