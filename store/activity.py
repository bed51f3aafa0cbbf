"""What staff did with a customer on a day: the evidence that settles obligations."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.customer import CustomerRecord
from store.staff import StaffRecord
from store.unit import UnitRecord


class ActivityRecord(Model):
    """A call, visit, message, card, gift or event; its note is sealed."""

    id: UUID = fields.UUIDField(primary_key=True)
    customer: fields.ForeignKeyRelation[CustomerRecord] = fields.ForeignKeyField(
        "store.CustomerRecord", related_name=False
    )
    customer_id: UUID
    staff: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name=False
    )
    staff_id: UUID
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    kind = fields.TextField()
    outcome = fields.TextField()
    happened_on = fields.DateField()
    note_sealed = fields.BinaryField(null=True)
    next_on = fields.DateField(null=True)
    with_staff: fields.ForeignKeyNullableRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", null=True, related_name=False
    )
    with_staff_id: UUID | None
    request_key = fields.UUIDField(unique=True)
    noted_at = fields.DatetimeField()

    class Meta:
        table = "activity"
