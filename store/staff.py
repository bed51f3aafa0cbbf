"""Staff, the posts they hold, and the sessions they have open."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from store.unit import UnitRecord


class StaffRecord(Model):
    """A member of staff; without a password hash they cannot sign in."""

    id: UUID = fields.UUIDField(primary_key=True)
    staff_no = fields.TextField()
    name = fields.TextField()
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    is_active = fields.BooleanField(default=True)
    password_hash = fields.TextField(null=True)
    language = fields.TextField(default="zh")
    signed_in_at = fields.DatetimeField(null=True)

    class Meta:
        table = "staff"


class StaffPostRecord(Model):
    """A role held at a unit, from a day until before another; open while it lasts."""

    id: UUID = fields.UUIDField(primary_key=True)
    staff: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name="posts"
    )
    staff_id: UUID
    role = fields.TextField()
    unit: fields.ForeignKeyRelation[UnitRecord] = fields.ForeignKeyField(
        "store.UnitRecord", related_name=False
    )
    unit_id: UUID
    from_on = fields.DateField()
    until_on = fields.DateField(null=True)
    is_delivered = fields.BooleanField(default=False)

    class Meta:
        table = "staff_post"


class SessionRecord(Model):
    """A signed-in browser. Only the SHA-256 of its token is kept."""

    id: UUID = fields.UUIDField(primary_key=True)
    staff: fields.ForeignKeyRelation[StaffRecord] = fields.ForeignKeyField(
        "store.StaffRecord", related_name=False
    )
    staff_id: UUID
    token_sha256 = fields.BinaryField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    before_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_because = fields.TextField(null=True)

    class Meta:
        table = "session"


class SignInFailureRecord(Model):
    """How often signing in failed lately, by account or by address (hashed)."""

    subject = fields.CharField(max_length=80, primary_key=True)
    failures = fields.IntField()
    failed_at = fields.DatetimeField()

    class Meta:
        table = "sign_in_failure"
