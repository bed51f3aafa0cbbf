"""Deliveries taken in and rating runs; the rows beneath them are written as sets, by SQL."""

from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class DeliveryRecord(Model):
    """A delivered period; equal manifests are the same delivery."""

    id: UUID = fields.UUIDField(primary_key=True)
    bureau = fields.TextField()
    period = fields.TextField()
    manifest_sha256 = fields.BinaryField()
    complete = fields.BooleanField()
    restates: fields.ForeignKeyNullableRelation["DeliveryRecord"] = fields.ForeignKeyField(
        "store.DeliveryRecord", null=True, related_name=False
    )
    restates_id: UUID | None
    delivered_at = fields.DatetimeField()
    applied_at = fields.DatetimeField()
    applied_by = fields.TextField()
    rows: fields.Field[dict[str, int]] = fields.JSONField()
    rows_set_aside = fields.IntField(default=0)
    accepted_by = fields.TextField(null=True)
    archive = fields.TextField()

    class Meta:
        table = "delivery"


class RatingRunRecord(Model):
    """One quarter rated once; a restatement is another run that supersedes it."""

    id: UUID = fields.UUIDField(primary_key=True)
    period = fields.TextField()
    rule_book = fields.TextField()
    rule_book_version = fields.IntField()
    rule_book_sha256 = fields.BinaryField()
    inputs_sha256 = fields.BinaryField()
    delivery_ids: fields.Field[list[UUID]] = ArrayField("uuid", default=list)
    previous: fields.ForeignKeyNullableRelation["RatingRunRecord"] = fields.ForeignKeyField(
        "store.RatingRunRecord", null=True, related_name=False
    )
    previous_id: UUID | None
    days = fields.IntField()
    rated_at = fields.DatetimeField()
    rated_by = fields.TextField()
    superseded_by: fields.ForeignKeyNullableRelation["RatingRunRecord"] = fields.ForeignKeyField(
        "store.RatingRunRecord", null=True, related_name=False
    )
    superseded_by_id: UUID | None
    counts: fields.Field[dict[str, int]] = fields.JSONField()

    class Meta:
        table = "rating_run"
