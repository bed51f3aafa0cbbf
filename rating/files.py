"""The four delivered files and what makes a row of each of them bad."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from domain.customer import CustomerKind
from domain.identity import IdFault, normalise_id_number, normalise_phone, resident_id_fault
from domain.period import Period
from domain.staff import Role
from domain.unit import UnitKind
from rating.columnar import listed, quoted
from rating.shape import (
    CODE,
    Check,
    Shape,
    choice_check,
    code_checks,
    date_checks,
    text_checks,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PRODUCTS: Final = ("demand", "time", "insurance", "wealth", "bond", "fund")
DELIVERED_ROLES: Final = tuple(
    role
    for role in Role
    if role not in (Role.SECURITY_ADMINISTRATOR, Role.INTEGRATION, Role.CONSOLE)
)
RESIDENT_ID: Final = "resident_id"
PERSONAL: Final = (
    "kind", "name", "sex", "birth_date", "id_type", "id_number", "phone", "address", "occupation",
)  # fmt: skip
"""Columns of customers.csv beside the number."""

_ID_FAULTS: Final = {
    IdFault.LENGTH: "bad_id_length",
    IdFault.CHARACTERS: "bad_id_characters",
    IdFault.DATE: "bad_id_date",
    IdFault.CHECK_DIGIT: "bad_id_check_digit",
}
_PHONE: Final = re.compile(
    r"1[3-9][0-9]{9}"  # mobile
    r"|0[1-9][0-9]{8,14}"  # landline with its area, perhaps an extension
    r"|[2-9][0-9]{6,7}"  # landline within the area
    r"|[48]00[0-9]{7}|9[56][0-9]{3,4}|1[0-9]{2,4}"  # hotlines
    r"|\+[1-9][0-9]{6,14}"  # abroad
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

UNITS: Final = Shape(
    noun="units",
    columns=("unit_code", "name", "kind", "parent_code"),
    checks=(
        *code_checks("unit_code"),
        *text_checks("name", length=100),
        choice_check("kind", "unknown_kind", listed(UnitKind)),
        *code_checks("parent_code", required=False),
    ),
    key=("unit_code",),
    values={name: f"r.{name}" for name in ("unit_code", "name", "kind", "parent_code")},
)

STAFF: Final = Shape(
    noun="staff",
    columns=("staff_no", "name", "role", "unit_code"),
    checks=(
        *code_checks("staff_no"),
        *text_checks("name", length=100),
        choice_check("role", "unknown_role", listed(DELIVERED_ROLES)),
        Check("unit_code", "empty", "r.unit_code = ''"),
        Check("unit_code", "unknown_unit", "r.unit_code <> '' and u.code is null"),
        Check("unit_code", "unit_set_aside", "u.code is not null and u.unit_key is null"),
    ),
    key=("staff_no",),
    values={name: f"r.{name}" for name in ("staff_no", "name", "role", "unit_code")},
    joins="left join unit_key u on u.code = r.unit_code",
)


def customers_shape(period: Period) -> Shape:
    """Return how customers.csv of a period is checked."""
    return Shape(
        noun="customers",
        columns=("customer_no", *PERSONAL),
        checks=(
            *code_checks("customer_no"),
            choice_check("kind", "unknown_kind", listed(CustomerKind)),
            *text_checks("name", length=100),
            choice_check("sex", "unknown_sex", "'female', 'male'", required=False),
            *date_checks(
                "birth_date",
                "bad_birth_date",
                f"{{date}} between date '1900-01-01' and date '{period.last_on}'",
                required=False,
            ),
            *code_checks("id_type", required=False),
            *text_checks("id_number", length=40, required=False),
            *(
                Check("id_number", code, f"{_is_resident()} and {_id_fault()} = '{code}'")
                for code in _ID_FAULTS.values()
            ),
            Check("phone", "bad_phone", f"r.phone <> '' and not ({_is_phone()})"),
            *text_checks("address", length=300, required=False),
            *text_checks("occupation", length=100, required=False),
        ),
        key=("customer_no",),
        values={name: f"r.{name}" for name in ("customer_no", *PERSONAL)},
    )


def balances_shape(period: Period) -> Shape:
    """Return how the balances of a period are checked; customers, units and days come as keys."""
    within = f"{{date}} between date '{period.first_on}' and date '{period.last_on}'"
    return Shape(
        noun="balances",
        columns=("customer_no", "account_no", "outlet_code", "product", "date", "balance_fen"),
        checks=(
            Check("customer_no", "empty", "r.customer_no = ''"),
            Check("customer_no", "unknown_customer", "r.customer_no <> '' and c.code is null"),
            Check(
                "customer_no",
                "customer_set_aside",
                "c.code is not null and c.customer_key is null",
            ),
            *code_checks("account_no"),
            Check("outlet_code", "empty", "r.outlet_code = ''"),
            Check("outlet_code", "unknown_unit", "r.outlet_code <> '' and u.code is null"),
            Check("outlet_code", "unit_set_aside", "u.code is not null and u.unit_key is null"),
            Check(
                "outlet_code",
                "not_an_outlet",
                f"u.unit_key is not null and u.kind <> {quoted(UnitKind.OUTLET)}",
            ),
            choice_check("product", "unknown_product", listed(PRODUCTS)),
            *date_checks("date", "date_outside_period", within),
            Check("balance_fen", "bad_amount", "not regexp_full_match(r.balance_fen, '-?[0-9]+')"),
            Check(
                "balance_fen",
                "negative_balance",
                "regexp_full_match(r.balance_fen, '-[0-9]*[1-9][0-9]*')",
            ),
            Check(
                "balance_fen",
                "amount_too_large",
                "regexp_full_match(r.balance_fen, '-?[0-9]+') and length(r.balance_fen) > 15",
            ),
        ),
        key=("account_no", "day"),
        values={
            "customer_key": "c.customer_key",
            "account_no": "r.account_no",
            "unit_key": "u.unit_key",
            "product": f"try_cast(r.product as enum({listed(PRODUCTS)}))",
            "day": "d.day",
            "balance_fen": "try_cast(r.balance_fen as bigint)",
        },
        joins="""left join customer_key c on c.code = r.customer_no
            left join unit_key u on u.code = r.outlet_code
            left join day_key d on d.code = r.date""",
        plain=f"""c.customer_key is not null and u.unit_key is not null
            and u.kind = {quoted(UnitKind.OUTLET)} and r.product in ({listed(PRODUCTS)})
            and d.day is not null
            and regexp_full_match(r.account_no, '{CODE}')
            and regexp_full_match(r.balance_fen, '[0-9]{{1,15}}')""",
    )


def day_key(period: Period) -> str:
    """Return SQL for the days of *period* as they are written, counted from 0."""
    return f"""
        select strftime(date '{period.first_on}' + i::integer, '%Y-%m-%d') as code,
            i::smallint as day
        from range({period.days}) days(i)"""


def add_identity_rules(connection: "DuckDBPyConnection") -> None:
    """Let the engine ask the domain about phones and resident ids that are not plainly right."""
    rules: dict[str, tuple[Callable[[str], object], str]] = {
        "phone_is_one": (is_phone, "BOOLEAN"),
        "resident_id_fault": (_resident_id_code, "VARCHAR"),
    }
    for name, (rule, returns) in rules.items():
        connection.create_function(name, rule, ["VARCHAR"], returns)


def is_phone(text: str) -> bool:
    """Say whether a delivered text has the shape of a phone number, however it is separated."""
    return _PHONE.fullmatch(normalise_phone(text)) is not None


def _resident_id_code(text: str) -> str:
    fault = resident_id_fault(normalise_id_number(text))
    return _ID_FAULTS[fault] if fault else ""


def _is_resident() -> str:
    return f"r.id_type = '{RESIDENT_ID}'"


def _is_phone() -> str:
    """Return SQL that settles the plain mobile number itself and leaves others to the domain."""
    plain = "regexp_full_match(r.phone, '1[3-9][0-9]{9}')"
    return f"case when {plain} then true else phone_is_one(r.phone) end"


def _id_fault() -> str:
    """Return SQL that settles the plain, right number itself and leaves others to the domain."""
    weighted = " + ".join(
        f"{weight} * try_cast(r.id_number[{place}] as integer)"
        for place, weight in enumerate(_WEIGHTS, start=1)
    )
    return f"""case
        when regexp_full_match(r.id_number, '[0-9]{{17}}[0-9X]')
            and try_strptime(r.id_number[7:14], '%Y%m%d') is not null
            and '10X98765432'[1 + ({weighted}) % 11] = r.id_number[18] then ''
        else resident_id_fault(r.id_number) end"""
