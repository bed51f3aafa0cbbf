"""Assign a customer, reveal a protected field, put contact data right."""

from enum import Enum
from uuid import UUID

import strawberry

from reading.node import read_node
from schema.context import Info
from schema.customer import Customer
from schema.ids import id_in
from schema.problem import Problem, reports_problems
from services import assignment, customer


@strawberry.enum(description="A protected field of a customer.")
class CustomerField(Enum):
    """A protected field of a customer, by its name in the registry."""

    NAME = strawberry.enum_value("name", description="Name.")
    PHONE = strawberry.enum_value("phone", description="Phone number.")
    ID_NUMBER = strawberry.enum_value("id_number", description="Identity number.")
    BIRTH_DATE = strawberry.enum_value("birth_date", description="Birth date.")
    ADDRESS = strawberry.enum_value("address", description="Address.")
    OCCUPATION = strawberry.enum_value("occupation", description="Occupation.")


@strawberry.input(description="A customer's new manager.")
class AssignCustomerInput:
    """A customer's new manager."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    manager_id: strawberry.ID = strawberry.field(description="Who looks after them from today.")
    reason: str = strawberry.field(description="Why; it is kept.")


@strawberry.input(description="One protected field to see in clear.")
class RevealCustomerFieldInput:
    """One protected field to see in clear."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    field: CustomerField = strawberry.field(description="The field.")
    purpose: str = strawberry.field(
        description="What for: contact, gift, complaint, identity or other."
    )


@strawberry.input(description="Contact data put right; what is left out stays.")
class AmendCustomerInput:
    """Contact data put right; what is left out stays."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    phone: str | None = strawberry.field(default=None, description="Phone number, in full.")
    address: str | None = strawberry.field(default=None, description="Address, in full.")
    occupation: str | None = strawberry.field(default=None, description="Occupation.")


@strawberry.type
class _CustomerPayload:
    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    customer_id: strawberry.Private[UUID | None] = None

    @strawberry.field(description="The customer as the file is now.")
    async def customer(self, info: Info) -> Customer | None:
        """Read the customer."""
        if self.customer_id is None:
            return None
        node: Customer | None = await read_node(info, "Customer", self.customer_id)
        return node


@strawberry.type(description="The customer with the new manager.")
class AssignCustomerPayload(_CustomerPayload):
    """The customer with the new manager."""


@strawberry.type(description="The customer with what was put right.")
class AmendCustomerPayload(_CustomerPayload):
    """The customer with what was put right."""


@strawberry.type(description="The value in clear; pages show it for a while, then mask it again.")
class RevealCustomerFieldPayload:
    """The value in clear."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    text: str | None = strawberry.field(
        default=None, description="The value; null if the bank has none."
    )
    shown_for_seconds: int | None = strawberry.field(
        default=None, description="After this many seconds a page masks it again."
    )


@strawberry.type
class CustomerMutation:
    """What can be done with customers."""

    @strawberry.mutation(description="Give a customer another manager of the home outlet.")
    @reports_problems(AssignCustomerPayload)
    async def assign_customer(
        self, info: Info, input: AssignCustomerInput
    ) -> AssignCustomerPayload:
        """Give a customer another manager."""
        customer_id = id_in("Customer", input.customer_id)
        await assignment.assign_customer(
            info.context.signed_in(),
            customer_id,
            manager_id=id_in("Staff", input.manager_id),
            reason=input.reason,
        )
        return AssignCustomerPayload(customer_id=customer_id, problems=[])

    @strawberry.mutation(description="Put contact data right; masked values are refused.")
    @reports_problems(AmendCustomerPayload)
    async def amend_customer(self, info: Info, input: AmendCustomerInput) -> AmendCustomerPayload:
        """Put contact data right."""
        customer_id = id_in("Customer", input.customer_id)
        await customer.amend_customer(
            info.context.signed_in(),
            customer_id,
            phone=input.phone,
            address=input.address,
            occupation=input.occupation,
        )
        return AmendCustomerPayload(customer_id=customer_id, problems=[])

    @strawberry.mutation(
        description="Show one protected field in clear, for a purpose; the trail has it first."
    )
    @reports_problems(RevealCustomerFieldPayload)
    async def reveal_customer_field(
        self, info: Info, input: RevealCustomerFieldInput
    ) -> RevealCustomerFieldPayload:
        """Show one protected field in clear."""
        revealed = await customer.reveal_customer_field(
            info.context.signed_in(),
            id_in("Customer", input.customer_id),
            field=input.field.name.lower(),
            purpose=input.purpose,
        )
        return RevealCustomerFieldPayload(
            text=revealed.text, shown_for_seconds=revealed.shown_for_seconds, problems=[]
        )
