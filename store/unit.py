"""Units of the bank as a tree; where each stood and when is in `unit_place`."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model


class UnitRecord(Model):
    """A city, county, district, sub-bureau or outlet, at today's place in the tree."""

    id: UUID = fields.UUIDField(primary_key=True)
    code = fields.TextField()
    name = fields.TextField()
    kind = fields.TextField()
    parent: fields.ForeignKeyNullableRelation["UnitRecord"] = fields.ForeignKeyField(
        "store.UnitRecord", null=True, related_name=False
    )
    parent_id: UUID | None
    path = fields.TextField()

    class Meta:
        table = "unit"
