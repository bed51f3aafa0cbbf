"""Whom the demo suggests to sign in as."""

from demo.welcome import DEMO_SIGN_IN, first_manager, suggestions
from domain.sign_in import ensure_password_fit
from domain.staff import Role


def test_a_manager_is_suggested_first() -> None:
    assert first_manager().role is Role.CUSTOMER_MANAGER


def test_nobody_is_suggested_twice() -> None:
    numbers = [one.member.staff_no for one in suggestions()]

    assert len(set(numbers)) == len(numbers)


def test_two_officers_of_different_counties_are_suggested() -> None:
    counties = {one.unit for one in suggestions() if one.member.role is Role.COUNTY_OFFICER}

    assert len(counties) == 2


def test_the_password_is_one_that_the_product_accepts() -> None:
    for one in suggestions():
        ensure_password_fit(DEMO_SIGN_IN, one.member.staff_no, ("password",))
