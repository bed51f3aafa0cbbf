"""What a customer is unhappy about, and the answer due."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.customer import CustomerRecord
from store.staff import StaffRecord
from store.unit import UnitRecord


class ComplaintRecord(Model):
    """A complaint with its 24-hour clock (art. 13); its text is sealed."""

    id: UUID = fields.UUIDField(primary_key=True)
    customer: fields.ForeignKeyRelation[CustomerRecord] = fields.ForeignKeyField(
        "store.CustomerRecord", related_name=False
    )
    customer_id: UUID
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    taken_by: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name=False
    )
    taken_by_id: UUID
    owner: fields.ForeignKeyNullableRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", null=True, related_name=False
    )
    owner_id: UUID | None
    channel = fields.TextField()
    taken_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    state = fields.TextField()
    closed_at = fields.DatetimeField(null=True)
    cause = fields.TextField(null=True)
    text_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "complaint"
