"""The care-expense ledger: append-only, a mistake is reversed by a second line (annex 2)."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.customer import CustomerRecord
from store.staff import StaffRecord
from store.unit import UnitRecord


class CareExpenseRecord(Model):
    """Money spent on a customer, in fen; negative only where it reverses another line."""

    id: UUID = fields.UUIDField(primary_key=True)
    customer: fields.ForeignKeyRelation[CustomerRecord] = fields.ForeignKeyField(
        "store.CustomerRecord", related_name=False
    )
    customer_id: UUID
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    staff: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name=False
    )
    staff_id: UUID
    occasion = fields.TextField()
    amount_fen = fields.BigIntField()
    spent_on = fields.DateField()
    voucher_no = fields.TextField()
    reverses: fields.ForeignKeyNullableRelation["CareExpenseRecord"] = fields.ForeignKeyField(
        "store.CareExpenseRecord", null=True, related_name=False
    )
    reverses_id: UUID | None

    class Meta:
        table = "care_expense"
