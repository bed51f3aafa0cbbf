"""A customer's file: reveal a protected field for a purpose, mend contact data."""

from dataclasses import dataclass
from uuid import UUID

from audit.entry import Shown
from authz.action import Action
from domain.errors import RuleBroken
from domain.identity import normalise_phone
from domain.purpose import purpose_named
from gate.act import act
from gate.actor import Actor
from services.sealing import hold_seals, key_of
from store.customer import CustomerRecord
from vault.field import Field
from vault.mask import is_masked
from vault.registry import ADDRESS, FIELD_BY_NAME, OCCUPATION, PHONE

SHOWN_SECONDS = 60
TEXT_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Revealed:
    """A value in clear, and for how long a page shows it."""

    text: str | None
    shown_for_seconds: int


async def reveal_customer_field(
    actor: Actor, customer_id: UUID, *, field: str, purpose: str
) -> Revealed:
    """Show one protected field in clear; the trail has who, what and why before the answer leaves.

    Args:
        field: Name in the registry.
        purpose: Code of a `Purpose`.

    Raises:
        RuleBroken: There is no such purpose.
    """
    async with act(actor, Action.CUSTOMER_FIELD_REVEAL, field=field) as on:
        customer = on(await CustomerRecord.get_or_none(id=customer_id).select_related("home_unit"))
        on.purpose = purpose_named(purpose).value
        registered = FIELD_BY_NAME[field]
        await hold_seals(on.connection, customer.id)
        await customer.refresh_from_db(fields=[f"{field}_sealed"])  # resealed since, perhaps
        envelope: bytes | None = getattr(customer, f"{field}_sealed")
        if envelope is None:
            return Revealed(None, SHOWN_SECONDS)
        key = await key_of(actor.house, on.connection, customer.id)
        text = actor.house.vault.unseal(registered, customer.id, key, envelope)
        on.shown[f"customer.{field}"] = Shown(clear=1)
        return Revealed(text, SHOWN_SECONDS)


async def amend_customer(
    actor: Actor,
    customer_id: UUID,
    *,
    phone: str | None = None,
    address: str | None = None,
    occupation: str | None = None,
) -> None:
    """Put right what the bank knows of a customer; None leaves a field as it is.

    Raises:
        RuleBroken: A value is masked, empty, too long, or no phone number.
    """
    async with act(actor, Action.CUSTOMER_AMEND) as on:
        locked = CustomerRecord.select_for_update(of=("customer",), no_key=True)
        found = await locked.get_or_none(id=customer_id).select_related("home_unit")
        customer = on(found)
        key = await key_of(actor.house, on.connection, customer.id)
        changed: list[str] = []
        given: tuple[tuple[Field, str | None], ...] = (
            (PHONE, phone),
            (ADDRESS, address),
            (OCCUPATION, occupation),
        )
        for field, text in given:
            if text is None:
                continue
            fit = _fit(field, text)
            sealed = actor.house.vault.seal(field, customer.id, key, fit)
            setattr(customer, f"{field.name}_sealed", sealed)
            changed.append(f"{field.name}_sealed")
            if field.index is not None:
                index = actor.house.vault.blind_index(field, fit)
                setattr(customer, f"{field.name}_index", index)
                changed.append(f"{field.name}_index")
        if changed:
            await customer.save(update_fields=changed)
        on.details["changed"] = tuple(changed)


def _fit(field: Field, text: str) -> str:
    path = ("input", field.name)
    if is_masked(text, field):
        raise RuleBroken(
            "MASKED_VALUE", "This is the masked form of the value. Enter the whole value.", path
        )
    bare = normalise_phone(text) if field is PHONE else " ".join(text.split())
    if not bare or len(bare) > TEXT_CHARS_MAX:
        raise RuleBroken(
            "TEXT_LENGTH",
            f"Between 1 and {TEXT_CHARS_MAX} characters fit here.",
            path,
            {"max": TEXT_CHARS_MAX},
        )
    if field is PHONE and not (bare.lstrip("+").isdigit() and 7 <= len(bare.lstrip("+")) <= 15):
        raise RuleBroken(
            "PHONE_SHAPE", "This is no phone number. Write it with all its digits.", path
        )
    return bare
