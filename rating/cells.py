"""A delivered customer as the columns of the database: sealed, indexed, or as it is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from domain.identity import normalise_id_number, normalise_phone
from rating.files import PERSONAL, RESIDENT_ID
from vault.field import Field
from vault.key import CellKey
from vault.registry import ADDRESS, BIRTH_DATE, ID_NUMBER, NAME, OCCUPATION, PHONE
from vault.vault import Vault

SEALED: Final[Mapping[str, Field]] = {
    "name": NAME,
    "birth_date": BIRTH_DATE,
    "id_number": ID_NUMBER,
    "phone": PHONE,
    "address": ADDRESS,
    "occupation": OCCUPATION,
}
PLAIN: Final = ("kind", "sex", "id_type")

Cell = bytes | str | None


def columns_of(names: Collection[str]) -> list[str]:
    """Return the columns of `customer` that the delivered values *names* fill, in a fixed order."""
    columns = [f"{name}_sealed" for name in SEALED if name in names]
    columns += [f"{name}_index" for name, field in SEALED.items() if name in names and field.index]
    return columns + [name for name in PLAIN if name in names]


def cells_of(
    vault: Vault,
    customer_id: UUID,
    key: CellKey,
    values: Sequence[str],
    names: Collection[str] = PERSONAL,
) -> list[Cell]:
    """Return what `columns_of` is filled with.

    Args:
        values: Of all of `PERSONAL`, in that order; '' is none.
        names: Which of them are wanted.
    """
    given = _one_form(dict(zip(PERSONAL, values, strict=True)))
    wanted = [(name, field) for name, field in SEALED.items() if name in names]
    cells: list[Cell] = []
    cells += vault.seal_row(customer_id, key, [(field, given[name]) for name, field in wanted])
    cells += [
        vault.blind_index(field, text) if (text := given[name]) else None
        for name, field in wanted
        if field.index
    ]
    return cells + [given[name] for name in PLAIN if name in names]


def _one_form(values: Mapping[str, str]) -> dict[str, str | None]:
    """Return values as they are kept: numbers in their one form, and None for what is empty."""
    phone = normalise_phone(values["phone"])
    is_resident = values["id_type"] == RESIDENT_ID
    number = normalise_id_number(values["id_number"]) if is_resident else values["id_number"]
    return {
        name: value or None
        for name, value in {**values, "phone": phone, "id_number": number}.items()
    }
