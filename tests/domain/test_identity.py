"""Our own ids, and one form for phone numbers and identity numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import identity
from domain.identity import (
    IdFault,
    new_id,
    normalise_id_number,
    normalise_phone,
    resident_id_birth_date,
    resident_id_check_digit,
    resident_id_fault,
)

DIGITS = st.text("0123456789", min_size=17, max_size=17)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
SEPARATORS = st.sampled_from(["", " ", "-", "\u3000", "\u00a0", "\u2013", "\u200b", ".", "－"])
BIRTH_DATES = st.dates(date(1900, 1, 1), date(1999, 12, 31))


@st.composite
def resident_ids(draw: st.DrawFn, born: st.SearchStrategy[date] = BIRTH_DATES) -> str:
    region = draw(st.integers(100000, 999999))
    first_17 = f"{region}{draw(born):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first_17 + resident_id_check_digit(first_17)


def written_with(separators: list[str], number: str) -> str:
    return "".join(
        digit + (separators[place % len(separators)]) for place, digit in enumerate(number)
    )


def test_ids_are_of_version_7_and_rise_strictly() -> None:
    ids = [new_id() for _ in range(5000)]

    assert {(an_id.version, an_id.variant) for an_id in ids} == {(7, "specified in RFC 4122")}
    assert ids == sorted(set(ids))


def test_ids_rise_even_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = new_id()
    monkeypatch.setattr("time.time_ns", lambda: 0)

    assert new_id() > earlier


def test_an_id_tells_the_millisecond_it_was_made_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_last_stamp", 0)
    monkeypatch.setattr("time.time_ns", lambda: 1_645_557_742_000_000_000)

    assert new_id().int >> 80 == 0x017F22E279B0  # RFC 9562, A.6


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+86 138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("0086 138 1234 5678", "13812345678"),
        ("＋８６１３８１２３４５６７８", "13812345678"),
        ("+86 (0)138 1234 5678", "13812345678"),
        ("+86 518 8550 1234", "051885501234"),
        ("(0518) 8550-1234", "051885501234"),
        ("+86 (0)518 8550 1234", "051885501234"),
        ("+86 10 8888 8888", "01088888888"),
        ("+86 400 800 1234", "4008001234"),
        ("95580", "95580"),
        ("+86 95580", "95580"),
        ("+852 6123 4567", "+85261234567"),
        ("00852 6123 4567", "+85261234567"),
    ],
)
def test_a_phone_number_has_one_form_however_it_is_written(written: str, number: str) -> None:
    assert normalise_phone(written) == number


@given(
    MOBILES,
    st.sampled_from(["", "+86", "86", "0086", "＋86", "+86 0"]),
    st.lists(SEPARATORS, min_size=1),
)
def test_separators_and_country_code_never_make_another_number(
    number: str, code: str, separators: list[str]
) -> None:
    assert normalise_phone(written_with(separators, code + number)) == number


@given(MOBILES, MOBILES)
def test_different_mobile_numbers_stay_different(one: str, other: str) -> None:
    assert (normalise_phone(one) == normalise_phone(other)) == (one == other)


@given(st.one_of(st.text(), st.text("+0861 3-()９⑴x", max_size=24)))
def test_what_has_its_one_form_keeps_it(text: str) -> None:
    assert normalise_phone(normalise_phone(text)) == normalise_phone(text)
    assert normalise_id_number(normalise_id_number(text)) == normalise_id_number(text)


@given(resident_ids(), st.lists(SEPARATORS, min_size=1))
def test_a_resident_id_has_one_form_however_it_is_written(
    number: str, separators: list[str]
) -> None:
    assert normalise_id_number(written_with(separators, number.lower())) == number
    assert resident_id_fault(number) is None


@given(resident_ids())
def test_a_resident_id_of_15_digits_is_the_same_as_its_18(number: str) -> None:
    shorter = number[:6] + number[8:17]

    assert normalise_id_number(shorter) == (number if number[6:8] == "19" else shorter)


def test_a_number_of_15_digits_without_a_date_inside_is_left_alone() -> None:
    assert normalise_id_number("320700000001234") == "320700000001234"


def test_a_passport_number_is_kept_in_large_letters() -> None:
    assert normalise_id_number("e 1234-5678") == "E12345678"


@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_of_a_resident_id_is_found(
    number: str, place: int, character: str
) -> None:
    altered = number[:place] + character + number[place + 1 :]

    assert (resident_id_fault(altered) is None) == (altered == number)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", IdFault.LENGTH),
        ("9907031947081419", IdFault.LENGTH),
        ("9907031947081419800", IdFault.LENGTH),
        ("99070319470814198A", IdFault.CHARACTERS),
        ("٩٩٠٧٠٣١٩٤٧٠٨١٤١٩٨X", IdFault.CHARACTERS),
        ("99070319470230198X", IdFault.DATE),
        ("990703194713011981", IdFault.DATE),
        ("990703194708141981", IdFault.CHECK_DIGIT),
        ("990703470230198", IdFault.DATE),
        ("99070347081419X", IdFault.CHARACTERS),
        ("99070319470814198X", None),
        ("990703470814198", None),
    ],
)
def test_length_characters_date_and_check_digit_are_looked_at(
    number: str, fault: IdFault | None
) -> None:
    assert resident_id_fault(number) == fault


def test_the_region_is_not_looked_at() -> None:
    assert (
        resident_id_fault("99072419530224338" + resident_id_check_digit("99072419530224338"))
        is None
    )


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    resident_id_fault(text)


@given(BIRTH_DATES.flatmap(lambda born: st.tuples(st.just(born), resident_ids(st.just(born)))))
def test_the_birth_date_is_inside_the_number(born_and_number: tuple[date, str]) -> None:
    born, number = born_and_number

    assert resident_id_birth_date(number) == born
