"""What those see who may not read a value, and what tells a masked value that is saved back."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from domain.errors import RuleBroken
from vault.district import district_end
from vault.field import Field, Mask

HIDDEN: Final = "****"  # always four where the length of what is hidden would tell
TIER_BARS_YUAN: Final = (50_000, 200_000, 500_000, 1_000_000)  # postal-high-end, article 5

_PHONE_LENGTH_MIN: Final = 11  # shorter, and fewer than four characters would stay hidden
_ID_HIDDEN: Final = 6
_DATE: Final = re.compile(r"([12][0-9]{3})-[0-9]{2}-[0-9]{2}")
_RUN: Final = re.compile(r"\*\s*\*")


def mask(field: Field, text: str) -> str:
    """Return what of *text* is shown to those who may not read *field*.

    A value shorter than its mask's window is masked whole. Amounts come in as fen.
    """
    return masker(field)(text)


def masker(field: Field) -> Callable[[str], str]:
    """Return the function that masks values of *field*; for those who mask many."""
    return _MASKERS[field.mask]


def amount_range(fen: int, bars_yuan: Sequence[int] = TIER_BARS_YUAN) -> str:
    """Return between which bars an amount lies, in yuan: ``200000-500000``.

    The lower bar counts as inside, the upper does not; above the last bar it is ``1000000-``.
    A negative amount has a minus sign in front of the range of what it takes away: ``-0-50000``.
    """
    above = bisect_right(bars_yuan, abs(fen) // 100)
    lower = bars_yuan[above - 1] if above else 0
    upper = bars_yuan[above] if above < len(bars_yuan) else ""
    return f"{'-' if fen < 0 else ''}{lower}-{upper}"


def is_masked(text: str, field: Field | None = None) -> bool:
    """Tell whether *text* looks like a masked value.

    No name, number, date or address has an asterisk in it, so one is enough there. A field that
    is masked whole may hold any text: only the mask itself counts. Without a *field*, two
    asterisks in a row count.
    """
    if "*" not in text and text.isascii():
        return False
    plain = unicodedata.normalize("NFKC", text)
    if field is None:
        return _RUN.search(plain) is not None
    if field.mask is Mask.WHOLE:
        return plain.strip() == HIDDEN
    return "*" in plain


def ensure_clear(field: Field, text: str) -> None:
    """Refuse a masked value that someone saves back: it would overwrite the true one.

    Raises:
        RuleBroken: *text* is masked.
    """
    if is_masked(text, field):
        raise RuleBroken(
            "MASKED_VALUE", "This is the masked form of the value. Enter the whole value."
        )


def _first_character(text: str) -> str:
    bare = text.strip()
    return f"{bare[0]}**" if len(bare) > 1 else HIDDEN


def _first_3_last_4(text: str) -> str:
    hidden = len(text) - 7
    return f"{text[:3]}{'*' * hidden}{text[-4:]}" if len(text) >= _PHONE_LENGTH_MIN else HIDDEN


def _last_6_hidden(text: str) -> str:
    return text[:-_ID_HIDDEN] + "*" * _ID_HIDDEN if len(text) > _ID_HIDDEN else HIDDEN


def _to_year(text: str) -> str:
    found = _DATE.fullmatch(text)
    return f"{found[1]}-**-**" if found else HIDDEN


def _to_district(text: str) -> str:
    bare = text.strip()
    return bare[: district_end(bare)] + HIDDEN


def _to_range(text: str) -> str:
    return amount_range(int(text))


def _whole(_: str) -> str:
    return HIDDEN


def _none(text: str) -> str:
    return text


_MASKERS: Final[Mapping[Mask, Callable[[str], str]]] = {
    Mask.FIRST_CHARACTER: _first_character,
    Mask.FIRST_3_LAST_4: _first_3_last_4,
    Mask.LAST_6_HIDDEN: _last_6_hidden,
    Mask.TO_YEAR: _to_year,
    Mask.TO_DISTRICT: _to_district,
    Mask.TO_RANGE: _to_range,
    Mask.WHOLE: _whole,
    Mask.NONE: _none,
}
