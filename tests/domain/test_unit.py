"""Units in the tree."""

import pytest

from domain.unit import is_within, parent_path, unit_codes, unit_path

CITY = unit_path("3207")
COUNTY = unit_path("320701", CITY)
OUTLET = unit_path("320701001", COUNTY)


def test_a_path_names_every_unit_from_the_top_down() -> None:
    assert OUTLET == "/3207/320701/320701001/"
    assert unit_codes(OUTLET) == ("3207", "320701", "320701001")


def test_a_unit_is_within_itself_and_all_above_it() -> None:
    assert is_within(OUTLET, OUTLET)
    assert is_within(OUTLET, COUNTY)
    assert is_within(OUTLET, CITY)
    assert not is_within(COUNTY, OUTLET)


def test_a_code_that_only_begins_alike_is_another_unit() -> None:
    assert not is_within(unit_path("3207011", CITY), COUNTY)


def test_the_unit_above_is_known_from_the_path() -> None:
    assert parent_path(OUTLET) == COUNTY
    assert parent_path(CITY) is None


@pytest.mark.parametrize(("code", "parent"), [("", None), ("a/b", None), ("1", "3207")])
def test_a_broken_code_or_path_is_a_bug(code: str, parent: str | None) -> None:
    with pytest.raises(ValueError, match="Not a unit"):
        unit_path(code, parent)
