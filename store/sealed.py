"""Where sealed cells lie in the database, as the registry says it."""

from dataclasses import dataclass
from typing import Final

from vault.field import Field
from vault.registry import FIELDS


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed cells; every table of them has an ``id`` and belongs to customers."""

    field: Field
    table: str
    column: str

    @property
    def customer(self) -> str:
        """Return the column that says whose the cells are."""
        return "id" if self.table == "customer" else "customer_id"

    @property
    def index(self) -> str | None:
        """Return the column of their blind index."""
        return None if self.field.index is None else self.column.replace("_sealed", "_index")


SEALED: Final = tuple(
    SealedColumn(field, *place.split("."))
    for field in FIELDS
    if field.is_sealed
    for place in field.columns
)
INDEXED: Final = tuple((each, each.index) for each in SEALED if each.index is not None)
