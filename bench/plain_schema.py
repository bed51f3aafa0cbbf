"""The schema of plain Strawberry: customers and obligations, and the two ways to ask it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import orjson
import strawberry
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from bench.plain import (
    Activities,
    Activity,
    Amount,
    CareExpense,
    Fen,
    Info,
    Loaders,
    OneByOne,
    Staff,
    Text,
    Tier,
    Unit,
    named,
    shown_mask,
    unsealed,
)
from bench.questions import QUESTIONS
from gate.house import House
from reading.global_id import global_id
from store.customer import CustomerRecord
from store.obligation import ObligationRecord
from vault.registry import BIRTH_DATE, NAME, PHONE


@strawberry.type
class Obligation:
    """What is owed."""

    record: strawberry.Private[ObligationRecord]
    id: strawberry.ID
    kind: str
    state: str
    article: str
    plan_on: date
    due_on: date
    tier: Tier

    @strawberry.field
    async def owner(self, info: Info) -> Staff | None:
        """Who owes it."""
        return await named(info, self.record.owner_id)

    @strawberry.field
    async def unit(self, info: Info) -> Unit:
        """The unit that owes it."""
        return Unit(record=await info.context.unit(self.record.unit_id))

    @strawberry.field
    async def customer(self, info: Info) -> "Customer":
        """To whom."""
        return customer_of(await info.context.customer(self.record.customer_id))


@strawberry.type
class Obligations:
    """A page."""

    nodes: list[Obligation]


@strawberry.type
class Customer:
    """A customer."""

    record: strawberry.Private[CustomerRecord]
    id: strawberry.ID
    number: str
    kind: str
    tier: Tier
    average_assets: Amount
    last_contact_on: date | None
    next_due_on: date | None

    @strawberry.field
    async def name(self, info: Info) -> Text:
        """The name."""
        one = self.record
        return await unsealed(info, one.id, NAME, one.id, one.name_sealed)

    @strawberry.field
    async def phone(self, info: Info) -> Text:
        """The phone, masked."""
        one = self.record
        return shown_mask(await unsealed(info, one.id, PHONE, one.id, one.phone_sealed))

    @strawberry.field
    async def birth_date(self, info: Info) -> Text:
        """The birth date."""
        one = self.record
        return await unsealed(info, one.id, BIRTH_DATE, one.id, one.birth_date_sealed)

    @strawberry.field
    async def manager(self, info: Info) -> Staff | None:
        """Who looks after the customer."""
        return await named(info, self.record.manager_id)

    @strawberry.field
    async def home_unit(self, info: Info) -> Unit | None:
        """The home outlet."""
        home = self.record.home_unit_id
        return Unit(record=await info.context.unit(home)) if home else None

    @strawberry.field
    async def activities(self, info: Info, first: int) -> Activities:
        """What staff did."""
        found = await info.context.activities(self.record.id)
        return Activities(
            nodes=[
                Activity(record=one, kind=one.kind.upper(), happened_on=one.happened_on)
                for one in found[:first]
            ]
        )

    @strawberry.field
    async def obligations(self, info: Info, first: int) -> Obligations:
        """What is owed."""
        return Obligations(nodes=obligations_of(await info.context.obligations(self.record.id)))

    @strawberry.field
    async def expenses(self, info: Info, first: int) -> list[CareExpense]:
        """What was spent."""
        return [
            CareExpense(
                occasion=one.occasion, amount_fen=Fen(one.amount_fen), spent_on=one.spent_on
            )
            for one in await info.context.expenses(self.record.id)
        ]


@strawberry.type
class Customers:
    """A page."""

    nodes: list[Customer]


@strawberry.type
class Query:
    """The questions' roots."""

    @strawberry.field
    async def customers(self, first: int, sort: str) -> Customers:
        """The richest first."""
        found = CustomerRecord.all().order_by("-average_assets_fen", "-id").limit(first)
        return Customers(nodes=[customer_of(one) for one in await found])

    @strawberry.field
    async def customer(self, number: str) -> Customer | None:
        """One of them."""
        one = await CustomerRecord.get_or_none(customer_no=number)
        return customer_of(one) if one else None

    @strawberry.field
    async def obligations(self, info: Info, first: int) -> Obligations:
        """The work queue."""
        found = ObligationRecord.filter(owner_id=info.context.owner, state="open")
        return Obligations(nodes=obligations_of(await found.order_by("plan_on", "id").limit(first)))


def customer_of(one: CustomerRecord) -> Customer:
    """Return a customer as GraphQL shows one."""
    return Customer(
        record=one,
        id=strawberry.ID(global_id("Customer", one.id)),
        number=one.customer_no,
        kind=one.kind.upper(),
        tier=Tier(code=one.tier),
        average_assets=Amount(fen=Fen(one.average_assets_fen)),
        last_contact_on=one.last_contact_on,
        next_due_on=one.next_due_on,
    )


def obligations_of(records: Sequence[ObligationRecord]) -> list[Obligation]:
    """Return obligations as GraphQL shows them."""
    return [
        Obligation(
            record=one,
            id=strawberry.ID(global_id("Obligation", one.id)),
            kind=one.kind.upper(),
            state=one.state.upper(),
            article=one.article,
            plan_on=one.plan_on,
            due_on=one.due_on,
            tier=Tier(code=one.tier),
        )
        for one in records
    ]


def endpoints(
    house: House, owner: UUID, *, has_loaders: bool
) -> dict[str, Callable[[], Awaitable[bytes]]]:
    """Return how each question is asked; with DataLoaders, parsed texts are kept, too."""
    schema = strawberry.Schema(
        query=Query,
        config=StrawberryConfig(scalar_map={Fen: strawberry.scalar(name="Fen")}),
        extensions=[ParserCache, ValidationCache] if has_loaders else [],
    )
    sources: Any = Loaders if has_loaders else OneByOne

    async def ask(question: str) -> bytes:
        # An enum in the product; here any word would do, and a string is the cheaper.
        text = QUESTIONS[question].replace("ASSETS_DESC", '"ASSETS_DESC"')
        answer = await schema.execute(text, context_value=sources(house, owner))
        if answer.errors:
            raise answer.errors[0]
        return orjson.dumps({"data": answer.data})

    return {name: partial(ask, name) for name in QUESTIONS}
