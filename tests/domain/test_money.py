"""Yuan as text, fen as whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.money import daily_average_fen, fen_from_yuan, missing_average_fen, yuan_text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("50000", 5_000_000),
        ("49999.99", 4_999_999),
        ("0.5", 50),
        ("1,234,567.89", 123_456_789),
        ("-0.01", -1),
        (" 12 ", 1200),
    ],
)
def test_yuan_are_read_to_the_fen(text: str, fen: int) -> None:
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "1.234", "1e3", "12,34", "٣", "NaN", "1.", ".5", "--1", "¥5"])
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RuleBroken, match=r"Write it like 1234\.50") as refusal:
        fen_from_yuan(text)

    assert refusal.value.code == "BAD_AMOUNT"


@given(st.integers(-(10**15), 10**15), st.booleans())
def test_an_amount_written_and_read_again_is_the_same(fen: int, grouped: bool) -> None:
    assert fen_from_yuan(yuan_text(fen, grouped=grouped)) == fen


def test_amounts_are_written_with_two_decimals_and_grouped_thousands() -> None:
    assert yuan_text(123_456_705) == "1,234,567.05"
    assert yuan_text(-1, grouped=False) == "-0.01"


def test_an_average_is_rounded_down_for_show() -> None:
    assert daily_average_fen(459_999_908, 92) == 4_999_999


def test_what_is_missing_is_rounded_up() -> None:
    assert missing_average_fen(459_999_908, 92, 5_000_000) == 1
    assert missing_average_fen(460_000_000, 92, 5_000_000) == 0
