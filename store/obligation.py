"""What a rule book makes someone owe a customer, and the dated events that made it so."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.activity import ActivityRecord
from store.customer import CustomerRecord
from store.staff import StaffRecord
from store.unit import UnitRecord


class ObligationRecord(Model):
    """One duty within one window; `key` makes generating it twice the same."""

    id: UUID = fields.UUIDField(primary_key=True)
    key = fields.TextField()
    rule_book = fields.TextField()
    rule_book_version = fields.IntField()
    article = fields.TextField()
    kind = fields.TextField()
    customer: fields.ForeignKeyRelation[CustomerRecord] = fields.ForeignKeyField(
        "store.CustomerRecord", related_name=False
    )
    customer_id: UUID
    owner: fields.ForeignKeyNullableRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", null=True, related_name=False
    )
    owner_id: UUID | None
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    tier = fields.TextField()
    opens_on = fields.DateField()
    plan_on = fields.DateField()
    due_on = fields.DateField()
    state = fields.TextField(default="open")
    postponed = fields.SmallIntField(default=0)
    settled_by: fields.ForeignKeyNullableRelation[ActivityRecord] = fields.ForeignKeyField(
        "store.ActivityRecord", null=True, related_name=False
    )
    settled_by_id: UUID | None
    settled_on = fields.DateField(null=True)

    class Meta:
        table = "obligation"

    @property
    def unit_path(self) -> str:
        """Path of the unit that owes it (fetch `unit` first)."""
        return self.unit.path

    @property
    def kept_by_id(self) -> UUID | None:
        """The staff who owes it."""
        return self.owner_id


class ObligationEventRecord(Model):
    """Something that happened to an obligation; its state is the fold of these."""

    id = fields.BigIntField(primary_key=True, generated=True)
    obligation: fields.ForeignKeyRelation[ObligationRecord] = fields.ForeignKeyField(
        "store.ObligationRecord", related_name=False
    )
    obligation_id: UUID
    happened_at = fields.DatetimeField()
    kind = fields.TextField()
    staff: fields.ForeignKeyNullableRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", null=True, related_name=False
    )
    staff_id: UUID | None
    reason = fields.TextField(null=True)
    plan_on = fields.DateField(null=True)
    activity: fields.ForeignKeyNullableRelation[ActivityRecord] = fields.ForeignKeyField(
        "store.ActivityRecord", null=True, related_name=False
    )
    activity_id: UUID | None
    settled_on = fields.DateField(null=True)

    class Meta:
        table = "obligation_event"
