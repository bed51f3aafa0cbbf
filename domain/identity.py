"""Who a row is and who a person is: our own ids; phone and identity numbers in one form."""

import os
import re
import time
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 4.2
_CHECK_DIGITS: Final = "10X98765432"

_LETTERS: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SEPARATORS: Final = re.compile(
    r"[\s()\[\].,/_\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+"
)
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_WITHOUT_AREA: Final = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,4}|1[0-9]{2,4}")

_EPOCH_STAMP_BITS: Final = 12  # below the millisecond: 244 ns a step
_last_stamp = 0


class IdFault(StrEnum):
    """What is wrong with a resident id number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    DATE = "date"
    CHECK_DIGIT = "check_digit"


def new_id() -> UUID:
    """Return a new UUIDv7: milliseconds, then 4096ths of one, then 62 random bits.

    Ids made by one process rise strictly, also when the clock is set back, so that rows and
    index pages fill in order.

    Source: RFC 9562, 5.7 and 6.2 (method 3).
    """
    global _last_stamp
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    stamp = (milliseconds << _EPOCH_STAMP_BITS) | (nanoseconds << _EPOCH_STAMP_BITS) // 1_000_000
    _last_stamp = stamp = max(stamp, _last_stamp + 1)
    chance = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(
        int=(stamp >> _EPOCH_STAMP_BITS) << 80
        | 0x7000 << 64
        | (stamp & 0xFFF) << 64
        | 0x8000_0000_0000_0000
        | chance
    )


def normalise_phone(text: str) -> str:
    """Return a phone number in the one form that equal numbers share.

    NFKC, separators and China's +86 (0086, 86 before a mobile number) dropped. A landline that
    was written with +86 gets its trunk 0 back: +86 518 8550 1234 is 0518 8550 1234. Numbers of
    other countries keep their plus sign. Never refuses: what is no phone number stays what it is.
    """
    if _MOBILE.fullmatch(text):
        return text
    bare = _without_separators(text)
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    home = bare.removeprefix("+86").lstrip("0")
    if _MOBILE.fullmatch(home):
        return home
    if bare.startswith("+86"):
        return home if _WITHOUT_AREA.fullmatch(home) else "0" + home
    return bare[2:] if bare.startswith("86") and _MOBILE.fullmatch(bare[2:]) else bare


def normalise_id_number(text: str) -> str:
    """Return an identity number in the one form that equal numbers share.

    NFKC, separators dropped, letters large (x to X). A resident id of 15 digits becomes the one of
    18 with its check digit; other papers' numbers (passports, credit codes) stay what they are.
    """
    if len(text) == 18 and text.isascii() and text[:17].isdigit() and text[17] in "0123456789X":
        return text
    bare = _without_separators(text).translate(_LETTERS)
    if len(bare) == 15 and resident_id_fault(bare) is None:
        longer = bare[:6] + "19" + bare[6:]
        return longer + resident_id_check_digit(longer)
    return bare


def resident_id_check_digit(first_17: str) -> str:
    """Return the 18th character that belongs to the 17 digits *first_17*.

    Source: GB 11643-1999, 4.2 (ISO 7064, MOD 11-2).
    """
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_DIGITS[weighted % 11]


def resident_id_fault(number: str) -> IdFault | None:
    """Return what is wrong with a normalised resident id number of 18 or 15 characters.

    Length, characters, date and check digit are looked at, the region is not: made-up persons
    carry numbers of region 99.
    """
    if len(number) not in (15, 18):
        return IdFault.LENGTH
    digits = number[:17]
    if not (digits.isascii() and digits.isdigit() and number[17:] in ("", *_CHECK_DIGITS)):
        return IdFault.CHARACTERS
    if resident_id_birth_date(number) is None:
        return IdFault.DATE
    if len(number) == 18 and resident_id_check_digit(digits) != number[17]:
        return IdFault.CHECK_DIGIT
    return None


def resident_id_birth_date(number: str) -> date | None:
    """Return the birth date that a number of 18 or 15 characters holds; None if it is no date."""
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    if not (born.isascii() and born.isdigit()):
        return None
    try:
        return date(int(born[:4]), int(born[4:6]), int(born[6:8]))
    except ValueError:
        return None


def _without_separators(text: str) -> str:
    """Return *text* in NFKC without separators, once more if that brought new ones together."""
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return bare if bare == text else _without_separators(bare)
