"""Why a row is set aside: stable codes for programs, and a sentence for whoever mends the data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the line itself
        "column_count": "The line has not as many columns as the header.",
        "truncated_line": "The file ends in the middle of this line.",
        "unclosed_quote": "A quotation mark is opened and not closed.",
        "bad_quotes": "A quotation mark stands where none can; inside a value it is doubled.",
        # one value
        "empty": "A value is needed here.",
        "too_long": "The value is too long.",
        "control_character": "The value holds a control character.",
        "bad_code": "A code consists of letters, digits, - and _ only.",
        "bad_date": "A date is written like 2026-06-30.",
        "date_outside_period": "The date lies outside the delivered period.",
        "bad_amount": "An amount is a whole number of fen.",
        "negative_balance": "A balance cannot be negative.",
        "amount_too_large": "The amount has more than 15 digits.",
        "masked_value": "The value is masked; the whole value is needed.",
        "unknown_kind": "This kind is not known.",
        "unknown_role": "This role is not one that a delivery brings.",
        "unknown_product": "This product is not known.",
        "unknown_sex": "Write female or male, or leave it empty.",
        "bad_birth_date": "The birth date lies before 1900 or after the delivered period.",
        "bad_id_length": "A resident id has 18 characters (15 before 1999).",
        "bad_id_characters": "A resident id consists of digits; its last character may be X.",
        "bad_id_date": "The date within the resident id is no date.",
        "bad_id_check_digit": "The last character of the resident id does not fit the others.",
        "bad_phone": "This is not a phone number.",
        # references
        "unknown_unit": "units.csv has no such unit.",
        "unit_set_aside": "The unit's own line is set aside.",
        "not_an_outlet": "Accounts are kept at outlets, and this unit is not one.",
        "unknown_customer": "customers.csv has no such customer.",
        "customer_set_aside": "The customer's own line is set aside.",
        # rows together
        "duplicate_row": "The same line is there before.",
        "conflicting_rows": "Another line says something else of the same thing.",
        "account_of_two_customers": "Other lines give this account to another customer.",
        "days_missing": "In the daily form a day of this account is missing beside this line.",
        "second_root": "Only one unit has no parent, and another one comes before.",
        "unknown_parent": "units.csv has no such parent.",
        "parent_set_aside": "The line of a unit above is set aside.",
        "unit_cycle": "The units above lead back to this unit.",
    }
)
