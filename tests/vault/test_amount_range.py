"""Amounts are shown between which bars they lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.mask import TIER_BARS_YUAN, amount_range


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0-50000"),
        (4_999_999, "0-50000"),
        (5_000_000, "50000-200000"),
        (99_999_999, "500000-1000000"),
        (100_000_000, "1000000-"),
        (-1, "-0-50000"),
        (-5_000_000, "-50000-200000"),
        (-100_000_000, "-1000000-"),
    ],
)
def test_an_amount_shows_between_which_bars_it_lies(fen: int, shown: str) -> None:
    assert amount_range(fen) == shown


@given(st.integers(0, 2**53))
def test_an_amount_lies_in_the_range_that_is_shown(fen: int) -> None:
    lower, upper = amount_range(fen).split("-")

    assert int(lower) * 100 <= fen
    assert not upper or fen < int(upper) * 100


@given(st.integers(-(2**53), 2**53), st.integers(-(2**53), 2**53))
def test_amounts_between_the_same_bars_look_the_same(one: int, other: int) -> None:
    def place(fen: int) -> tuple[bool, int]:
        return fen < 0, sum(abs(fen) >= bar * 100 for bar in TIER_BARS_YUAN)

    assert (amount_range(one) == amount_range(other)) == (place(one) == place(other))


def test_bars_of_another_rule_book_may_be_given() -> None:
    assert amount_range(1_500_00, (1_000, 2_000)) == "1000-2000"
