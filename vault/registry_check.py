"""The start-up check of the registry: no contradictions, and no masks that give a value away."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Final

from vault.errors import RegistryUnsound
from vault.field import DataClass, Field, Mask, Part
from vault.registry import FIELDS, RETIRED

CANDIDATES_MIN: Final = 10_000  # what guessing must cost when all masked fields are put together
INDEXED_DISTINCT_MIN: Final = 1_000_000_000  # fewer, and one index key would open them all
OVERHEAD_MAX: Final = 64  # bytes over the text, but for names and addresses
_ENVELOPE_BYTES: Final = 38
_LENGTH_TELLS: Final = frozenset({Mask.FIRST_CHARACTER, Mask.TO_DISTRICT})  # names and addresses
_LENGTH_PADDING_MIN: Final = 32

WHOLES: Final[Mapping[str, Mapping[Part, int]]] = {
    # How many values each part takes when the others are known. Check digits follow from the rest.
    "identity number": {
        Part.ID_REGION: 3_000,
        Part.ID_YEAR: 80,
        Part.ID_MONTH: 12,
        Part.ID_DAY: 28,
        Part.ID_SEQUENCE: 1_000,
    },
    "phone number": {Part.PHONE_HEAD: 60, Part.PHONE_MIDDLE: 10_000, Part.PHONE_TAIL: 10_000},
}
SHOWN: Final[Mapping[Mask, frozenset[Part]]] = {
    Mask.FIRST_CHARACTER: frozenset(),
    Mask.FIRST_3_LAST_4: frozenset({Part.PHONE_HEAD, Part.PHONE_TAIL}),
    Mask.LAST_6_HIDDEN: frozenset({Part.ID_REGION, Part.ID_YEAR, Part.ID_MONTH}),
    Mask.TO_YEAR: frozenset({Part.ID_YEAR}),
    Mask.TO_DISTRICT: frozenset({Part.ID_REGION}),
    Mask.TO_RANGE: frozenset(),
    Mask.WHOLE: frozenset(),
    Mask.NONE: frozenset(Part),
}


def check_registry(fields: Sequence[Field] = FIELDS) -> None:
    """Refuse a registry that contradicts itself or gives a value away; called at every start.

    Raises:
        RegistryUnsound: With one sentence a fault.
    """
    faults = [fault for check in _CHECKS for fault in check(fields)]
    if faults:
        raise RegistryUnsound(faults)


def _numbers(fields: Sequence[Field]) -> Iterator[str]:
    """A place belongs to one field for ever."""
    for place, count in Counter((each.table, each.number) for each in fields).items():
        if count > 1:
            yield f"{count} fields share the number {place[1]} in table {place[0].name}."
        if place in RETIRED:
            yield f"Number {place[1]} in table {place[0].name} is retired."
    for each in fields:
        if not 1 <= each.number <= 0xFFFF:
            yield f"{each.name}: number {each.number} is not 1 to 65535."


def _one_mask(fields: Sequence[Field]) -> Iterator[str]:
    """One field, one entry, one mask: whatever name or column one asks by."""
    for name, count in Counter(each.name for each in fields).items():
        if count > 1:
            yield f"{name} has {count} entries, so it could have two masks."
    for column, count in Counter(column for each in fields for column in each.columns).items():
        if count > 1:
            yield f"Column {column} has {count} entries, so it could have two masks."


def _classes(fields: Sequence[Field]) -> Iterator[str]:
    """The data class alone decides how much a field is guarded."""
    for each in fields:
        if each.data_class is not DataClass.C1 and each.mask is Mask.NONE:
            yield f"{each.name} is {each.data_class} and has no mask."
        if not each.is_sealed and not each.because:
            yield f"{each.name} is not sealed and does not say why."
        if each.data_class is DataClass.C3 and not (each.is_sealed and each.mask is Mask.WHOLE):
            yield f"{each.name} is a secret: it must be sealed and masked whole."
        if each.data_class is DataClass.C3 and each.index is not None:
            yield f"{each.name} is a secret: it must not be searched for."


def _indexes(fields: Sequence[Field]) -> Iterator[str]:
    """An index of few values is a codebook for whoever can count or guess."""
    for each in fields:
        if each.index is not None and each.distinct < INDEXED_DISTINCT_MIN:
            yield f"{each.name} takes too few values ({each.distinct:,}) for a blind index."
        if each.index is not None and not each.is_sealed:
            yield f"{each.name} is not sealed: a blind index makes no sense."


def _padding(fields: Sequence[Field]) -> Iterator[str]:
    """Lengths of names and addresses do not tell; all else stays small."""
    for each in fields:
        if not each.is_sealed:
            continue
        if each.mask in _LENGTH_TELLS and each.padding < _LENGTH_PADDING_MIN:
            yield f"{each.name}: its length tells; pad it to {_LENGTH_PADDING_MIN} bytes at least."
        if each.mask not in _LENGTH_TELLS and _ENVELOPE_BYTES + each.padding > OVERHEAD_MAX:
            yield f"{each.name}: padding of {each.padding} takes more than {OVERHEAD_MAX} bytes."


def _together(fields: Sequence[Field]) -> Iterator[str]:
    """Fields that are each masked must not make up for one another."""
    shown = frozenset(part for each in fields for part in each.tells & SHOWN[each.mask])
    for whole, parts in WHOLES.items():
        hidden = prod(candidates for part, candidates in parts.items() if part not in shown)
        if hidden < CANDIDATES_MIN:
            names = ", ".join(each.name for each in fields if each.tells & parts.keys())
            yield f"Masked, {names} together leave {hidden:,} candidates for the {whole}."


_CHECKS: Final[tuple[Callable[[Sequence[Field]], Iterator[str]], ...]] = (
    _numbers,
    _one_mask,
    _classes,
    _indexes,
    _padding,
    _together,
)
