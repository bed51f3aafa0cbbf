"""Who works at the made-up bureau."""

from collections import Counter

from demo.bureau import made_up_bureau
from demo.staff import NOT_DELIVERED, made_up_staff
from domain.staff import Role


def test_a_hundred_and_twenty_people_work_here_in_every_role() -> None:
    roles = Counter(member.role for member in made_up_staff())

    assert sum(roles.values()) == 120
    assert set(roles) == set(Role) - {Role.CONSOLE}


def test_every_outlet_has_one_head() -> None:
    heads = Counter(
        member.unit_code for member in made_up_staff() if member.role is Role.OUTLET_HEAD
    )

    assert heads == {outlet.code: 1 for outlet in made_up_bureau().outlets}


def test_an_outlet_without_a_manager_has_a_teller() -> None:
    outlets = {outlet.code for outlet in made_up_bureau().outlets}
    posts = {(member.role, member.unit_code) for member in made_up_staff()}
    without = {code for code in outlets if (Role.CUSTOMER_MANAGER, code) not in posts}

    assert len(without) == 8
    assert all((Role.TELLER, code) in posts for code in without)


def test_no_two_share_a_number_or_a_name() -> None:
    staff = made_up_staff()

    assert len({member.staff_no for member in staff}) == len(staff)
    assert len({member.name for member in staff}) == len(staff)


def test_the_roles_that_no_data_centre_knows_are_added_by_the_bureau() -> None:
    assert {Role.SECURITY_ADMINISTRATOR, Role.INTEGRATION} == NOT_DELIVERED
