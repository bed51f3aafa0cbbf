"""The one list of sensitive fields: where each lies, how it is sealed, masked and found.

Table and field numbers are authenticated in every sealed cell: they never change and are never
used again. Names and columns may change at any time. A new field is a new entry with the next
number; a number whose field is gone moves to `RETIRED`. `check_registry` refuses what contradicts
itself or gives a value away.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vault.field import DataClass, Field, Index, Mask, Part, Table

RETIRED: Final[frozenset[tuple[Table, int]]] = frozenset()

NAME: Final = Field(
    table=Table.CUSTOMER,
    number=1,
    name="name",
    data_class=DataClass.C2,
    mask=Mask.FIRST_CHARACTER,
    padding=32,
    columns=("customer.name_sealed",),
    distinct=1_000_000,
)
PHONE: Final = Field(
    table=Table.CUSTOMER,
    number=2,
    name="phone",
    data_class=DataClass.C2,
    mask=Mask.FIRST_3_LAST_4,
    padding=16,
    index=Index.PHONE,
    columns=("customer.phone_sealed",),
    distinct=5_000_000_000,
    tells=frozenset({Part.PHONE_HEAD, Part.PHONE_MIDDLE, Part.PHONE_TAIL}),
)
ID_NUMBER: Final = Field(
    table=Table.CUSTOMER,
    number=3,
    name="id_number",
    data_class=DataClass.C2,
    mask=Mask.LAST_6_HIDDEN,
    padding=24,
    index=Index.ID_NUMBER,
    columns=("customer.id_number_sealed",),
    distinct=80_000_000_000,
    tells=frozenset({Part.ID_REGION, Part.ID_YEAR, Part.ID_MONTH, Part.ID_DAY, Part.ID_SEQUENCE}),
)
BIRTH_DATE: Final = Field(
    table=Table.CUSTOMER,
    number=4,
    name="birth_date",
    data_class=DataClass.C2,
    mask=Mask.TO_YEAR,
    padding=16,
    columns=("customer.birth_date_sealed",),
    distinct=30_000,
    tells=frozenset({Part.ID_YEAR, Part.ID_MONTH, Part.ID_DAY}),
)
ADDRESS: Final = Field(
    table=Table.CUSTOMER,
    number=5,
    name="address",
    data_class=DataClass.C2,
    mask=Mask.TO_DISTRICT,
    padding=64,
    columns=("customer.address_sealed",),
    distinct=100_000_000,
    tells=frozenset({Part.ID_REGION}),
)
OCCUPATION: Final = Field(
    table=Table.CUSTOMER,
    number=6,
    name="occupation",
    data_class=DataClass.C2,
    mask=Mask.WHOLE,
    padding=24,
    columns=("customer.occupation_sealed",),
    distinct=100,
)
AMOUNTS: Final = Field(
    table=Table.CUSTOMER,
    number=7,
    name="amounts",
    data_class=DataClass.C2,
    mask=Mask.TO_RANGE,
    padding=0,
    columns=(
        "customer.average_assets_fen",
        "customer.assets_change_fen",
        "holding.stock_fen",
        "holding.balance_days_fen",
        "rating.balance_days_fen",
    ),
    distinct=100_000_000,
    because="The database sorts, filters and adds amounts up; masked on the way out.",
)
ACTIVITY_NOTE: Final = Field(
    table=Table.ACTIVITY,
    number=1,
    name="activity_note",
    data_class=DataClass.C2,
    mask=Mask.WHOLE,
    padding=24,
    columns=("activity.note_sealed",),
    distinct=100_000,
)
COMPLAINT_TEXT: Final = Field(
    table=Table.COMPLAINT,
    number=1,
    name="complaint_text",
    data_class=DataClass.C2,
    mask=Mask.WHOLE,
    padding=24,
    columns=("complaint.text_sealed",),
    distinct=100_000,
)
TOTP_SECRET: Final = Field(
    table=Table.STAFF,
    number=1,
    name="totp_secret",
    data_class=DataClass.C3,
    mask=Mask.WHOLE,
    padding=24,
    columns=(),
    distinct=2**62,
    because="Its place is reserved: no column holds it yet.",
)

FIELDS: Final[tuple[Field, ...]] = (
    NAME,
    PHONE,
    ID_NUMBER,
    BIRTH_DATE,
    ADDRESS,
    OCCUPATION,
    AMOUNTS,
    ACTIVITY_NOTE,
    COMPLAINT_TEXT,
    TOTP_SECRET,
)
FIELD_BY_NAME: Final[Mapping[str, Field]] = MappingProxyType({each.name: each for each in FIELDS})
