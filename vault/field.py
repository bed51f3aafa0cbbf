"""What is said of a sensitive field: its place, class, mask, padding and index."""

from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum, auto
from struct import pack


class Table(IntEnum):
    """Stable numbers of the tables that hold sensitive fields."""

    CUSTOMER = 1
    ACTIVITY = 2
    COMPLAINT = 3
    STAFF = 4


class DataClass(StrEnum):
    """How much harm a leak does, after JR/T 0171-2020 (not checked against the original text)."""

    C3 = "C3"  # what proves who one is: secrets
    C2 = "C2"  # personal and financial
    C1 = "C1"  # internal


class Mask(StrEnum):
    """What those see who may not read a value."""

    FIRST_CHARACTER = "first_character"
    FIRST_3_LAST_4 = "first_3_last_4"
    LAST_6_HIDDEN = "last_6_hidden"
    TO_YEAR = "to_year"
    TO_DISTRICT = "to_district"
    TO_RANGE = "to_range"
    WHOLE = "whole"
    NONE = "none"  # shown as it is


class Index(StrEnum):
    """How a value is brought into one form before it is indexed blindly."""

    PHONE = "phone"
    ID_NUMBER = "id_number"


class Part(Enum):
    """A part of a value that singles a person out; masks must leave enough parts hidden."""

    ID_REGION = auto()
    ID_YEAR = auto()
    ID_MONTH = auto()
    ID_DAY = auto()
    ID_SEQUENCE = auto()
    PHONE_HEAD = auto()
    PHONE_MIDDLE = auto()
    PHONE_TAIL = auto()


@dataclass(frozen=True, kw_only=True)
class Field:
    """A sensitive field.

    Attributes:
        table: The table that its cells lie in.
        number: Number of the field within the table, 1 to 65535.
        name: As policy lines say it.
        data_class: Drives who may reveal and who must approve.
        mask: What those see who may not read it.
        padding: Sealed text is filled up to multiples of this many bytes; 0: it is not sealed.
        index: How equality search finds it; None: it cannot.
        columns: Where it lies in the database, as ``table.column``.
        distinct: About how many different values a bank holds or could hold; guards the index.
        tells: Which parts of identifying values the clear value holds.
        because: What is out of the ordinary; required of a field that is not sealed.
        place: Table and field number as they are authenticated in every sealed cell.
    """

    table: Table
    number: int
    name: str
    data_class: DataClass
    mask: Mask
    padding: int
    index: Index | None = None
    columns: tuple[str, ...]
    distinct: int
    tells: frozenset[Part] = frozenset()
    because: str = ""
    place: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", pack(">HH", self.table, self.number))

    @property
    def is_sealed(self) -> bool:
        """Tell whether it is encrypted where it lies."""
        return self.padding > 0
