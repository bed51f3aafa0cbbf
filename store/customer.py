"""One file per customer, and who looks after it. Sealed columns are opaque here."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.staff import StaffRecord
from store.unit import UnitRecord


class CustomerRecord(Model):
    """A customer; `tier` is by the main rule book, its history is in `rating`."""

    id: UUID = fields.UUIDField(primary_key=True)
    customer_no = fields.TextField()
    kind = fields.TextField()
    name_sealed = fields.BinaryField()
    sex = fields.TextField(null=True)
    birth_date_sealed = fields.BinaryField(null=True)
    id_type = fields.TextField(null=True)
    id_number_sealed = fields.BinaryField(null=True)
    id_number_index = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_index = fields.BinaryField(null=True)
    address_sealed = fields.BinaryField(null=True)
    occupation_sealed = fields.BinaryField(null=True)
    home_unit: fields.ForeignKeyNullableRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", null=True, related_name=False
    )
    home_unit_id: UUID | None
    manager: fields.ForeignKeyNullableRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", null=True, related_name=False
    )
    manager_id: UUID | None
    tier = fields.TextField(default="none")
    tier_rank = fields.SmallIntField(default=0)
    tier_since_on = fields.DateField(null=True)
    average_assets_fen = fields.BigIntField(default=0)
    assets_change_fen = fields.BigIntField(default=0)
    last_contact_on = fields.DateField(null=True)
    next_due_on = fields.DateField(null=True)
    delivered_marks = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customer"

    @property
    def unit_path(self) -> str:
        """Path of the home outlet (fetch `home_unit` first); '/' while there is none."""
        return self.home_unit.path if self.home_unit else "/"

    @property
    def kept_by_id(self) -> UUID | None:
        """The staff whose own this customer is."""
        return self.manager_id


class AssignmentRecord(Model):
    """Who looks after a customer, from a day until before another."""

    id: UUID = fields.UUIDField(primary_key=True)
    customer: fields.ForeignKeyRelation[CustomerRecord] = fields.ForeignKeyField(
        "store.CustomerRecord", related_name=False
    )
    customer_id: UUID
    staff: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name=False
    )
    staff_id: UUID
    duty = fields.TextField()
    from_on = fields.DateField()
    until_on = fields.DateField(null=True)
    because = fields.TextField()

    class Meta:
        table = "assignment"
