"""The registry is sound, agrees with the tables, and its check finds what is not."""

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from vault.errors import RegistryUnsound
from vault.field import DataClass, Field, Index, Mask, Part, Table
from vault.registry import (
    ADDRESS,
    AMOUNTS,
    BIRTH_DATE,
    FIELD_BY_NAME,
    FIELDS,
    NAME,
    OCCUPATION,
    PHONE,
    TOTP_SECRET,
)
from vault.registry_check import SHOWN, WHOLES, check_registry

MIGRATIONS = Path(__file__).parents[2] / "store" / "migrations"
SQL = "\n".join(path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("*.sql")))

# Every cell in every database authenticates these numbers: a line may be added, none may change.
PLACES = {
    "name": (1, 1),
    "phone": (1, 2),
    "id_number": (1, 3),
    "birth_date": (1, 4),
    "address": (1, 5),
    "occupation": (1, 6),
    "amounts": (1, 7),
    "activity_note": (2, 1),
    "complaint_text": (3, 1),
    "totp_secret": (4, 1),
}


def registry_with(*changed: Field) -> list[Field]:
    """Return the registry with some fields put in place of those of the same name."""
    names = {each.name for each in changed}
    return [*(each for each in FIELDS if each.name not in names), *changed]


def ensure_found(fault: str, fields: list[Field]) -> None:
    with pytest.raises(RegistryUnsound, match=fault):
        check_registry(fields)


def columns_ending(suffix: str) -> set[str]:
    """Return `table.column` of all columns in the migrations whose names end so."""
    found = set()
    for table, body in re.findall(r"create table (\w+) \((.*?)\n\);", SQL, re.DOTALL):
        found |= {
            f"{table}.{column}"
            for column in re.findall(rf"^\s+(\w+{suffix})\s", body, re.MULTILINE)
        }
    return found


def test_the_registry_is_sound() -> None:
    check_registry()


def test_no_field_ever_changes_its_place() -> None:
    assert {each.name: (each.table, each.number) for each in FIELDS} == PLACES


def test_every_sealed_column_is_in_the_registry_and_the_other_way_round() -> None:
    registered = {column for each in FIELDS if each.is_sealed for column in each.columns}

    assert registered == columns_ending("_sealed")


def test_every_index_column_belongs_to_a_field_with_an_index() -> None:
    indexed = {
        column.removesuffix("_sealed") + "_index"
        for each in FIELDS
        if each.index
        for column in each.columns
    }

    assert indexed == columns_ending("_index")


def test_every_amount_of_a_customer_is_in_the_registry() -> None:
    of_customers = {
        column
        for column in columns_ending("_fen")
        if column.split(".")[0] in ("customer", "holding", "rating")
    }

    assert set(AMOUNTS.columns) == of_customers


def test_fields_are_found_by_the_name_that_policy_uses() -> None:
    assert all(FIELD_BY_NAME[each.name] is each for each in FIELDS)


def test_two_fields_on_one_number_are_found() -> None:
    ensure_found("share the number 1", registry_with(replace(PHONE, number=1)))


def test_a_number_that_is_retired_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.registry_check.RETIRED", frozenset({(Table.CUSTOMER, 2)}))

    ensure_found("retired", list(FIELDS))


def test_a_number_that_does_not_fit_is_found() -> None:
    ensure_found("0 is not 1 to 65535", registry_with(replace(PHONE, number=0)))
    with pytest.raises(struct.error):
        replace(PHONE, number=65_536)


def test_two_masks_for_one_field_are_found() -> None:
    second = replace(PHONE, number=90, mask=Mask.WHOLE, columns=("customer.phone2_sealed",))

    ensure_found("phone has 2 entries", [*FIELDS, second])


def test_two_masks_for_one_column_are_found() -> None:
    second = replace(PHONE, number=90, name="mobile", mask=Mask.WHOLE)

    ensure_found("customer.phone_sealed has 2 entries", [*FIELDS, second])


@pytest.mark.parametrize("field", [NAME, BIRTH_DATE, OCCUPATION], ids=lambda field: field.name)
def test_an_index_on_a_field_that_takes_few_values_is_found(field: Field) -> None:
    ensure_found("too few values", registry_with(replace(field, index=Index.PHONE)))


def test_an_index_beside_a_clear_value_is_found() -> None:
    in_clear = replace(PHONE, padding=0, because="a test")

    ensure_found("is not sealed", registry_with(in_clear))


def test_a_birth_date_in_clear_beside_a_masked_id_number_is_found() -> None:
    """Six hidden digits are a day (known), three of sequence and a check digit: 1,000 guesses."""
    shown = replace(BIRTH_DATE, mask=Mask.NONE, data_class=DataClass.C1)

    ensure_found("1,000 candidates for the identity number", registry_with(shown))


def test_a_second_field_that_shows_the_middle_of_a_phone_number_is_found() -> None:
    middle = replace(
        OCCUPATION,
        name="phone_middle",
        number=91,
        mask=Mask.NONE,
        data_class=DataClass.C1,
        columns=(),
        tells=frozenset({Part.PHONE_MIDDLE}),
    )

    ensure_found("1 candidates for the phone number", [*FIELDS, middle])


def test_a_phone_number_that_shows_more_is_found() -> None:
    shown = replace(PHONE, mask=Mask.NONE, data_class=DataClass.C1)

    ensure_found("candidates for the phone number", registry_with(shown))


def test_a_personal_field_without_a_mask_is_found() -> None:
    ensure_found("has no mask", registry_with(replace(ADDRESS, mask=Mask.NONE)))


def test_a_field_in_clear_that_does_not_say_why_is_found() -> None:
    ensure_found("does not say why", registry_with(replace(AMOUNTS, because="")))


@pytest.mark.parametrize(
    "changed",
    [
        replace(TOTP_SECRET, mask=Mask.FIRST_CHARACTER),
        replace(TOTP_SECRET, padding=0),
        replace(TOTP_SECRET, index=Index.PHONE),
    ],
)
def test_a_secret_is_sealed_masked_whole_and_not_searched(changed: Field) -> None:
    ensure_found("is a secret", registry_with(changed))


def test_a_name_or_address_with_little_padding_is_found() -> None:
    for field in (NAME, ADDRESS):
        ensure_found("its length tells", registry_with(replace(field, padding=16)))


def test_padding_that_takes_more_than_64_bytes_is_found() -> None:
    ensure_found("more than 64 bytes", registry_with(replace(PHONE, padding=27)))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RegistryUnsound) as refused:
        check_registry(registry_with(replace(PHONE, number=1), replace(ADDRESS, padding=1)))

    assert len(refused.value.faults) == 2


def test_the_check_knows_every_mask_and_every_part() -> None:
    assert set(SHOWN) == set(Mask)
    assert {part for parts in WHOLES.values() for part in parts} == set(Part)
