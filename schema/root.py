"""The roots composed from the nouns, the one schema, and its execution."""

from datetime import datetime

import strawberry
from graphql import GraphQLField, GraphQLInputField, GraphQLSchema, get_named_type
from strawberry.schema.config import StrawberryConfig

from reading.adopt import adopt
from reading.execution import Execution, resolve_root
from reading.run import Run
from reading.source import ById, Source, Where
from schema.audit_entry import AuditEntryQuery
from schema.customer import CustomerQuery
from schema.declare import SOURCE, argument, given, planned, shown
from schema.delivery import DeliveryQuery
from schema.me import MeQuery
from schema.mutation.activity import ActivityMutation
from schema.mutation.customer import CustomerMutation
from schema.mutation.obligation import ObligationMutation
from schema.mutation.rating import RatingMutation
from schema.mutation.session import SessionMutation
from schema.node import Node
from schema.obligation import ObligationQuery
from schema.rating_run import RatingRunQuery
from schema.rule_book import RuleBookQuery
from schema.scalars import SCALARS
from schema.staff import StaffQuery
from schema.unit import UnitQuery
from schema.week import WeekQuery


def now(run: Run) -> datetime:
    """Return the present instant, by the server's clock."""
    return run.now


@shown
class Query(
    MeQuery,
    CustomerQuery,
    ObligationQuery,
    WeekQuery,
    UnitQuery,
    StaffQuery,
    RatingRunQuery,
    DeliveryQuery,
    AuditEntryQuery,
    RuleBookQuery,
):
    """Everything that can be asked."""

    node: Node | None = planned(
        ById(),
        "The object with a global id; null: no such object within reach.",
        [argument("id", strawberry.ID, "Global id.")],
    )
    server_now: datetime = given(now, "The present instant by the server's clock.", is_open=True)


@shown
class Mutation(
    SessionMutation,
    ActivityMutation,
    ObligationMutation,
    CustomerMutation,
    RatingMutation,
):
    """Everything that can be done."""


def source_of(field: GraphQLField | GraphQLInputField) -> Source | Where | None:
    """Return the source that a field was declared with, by Strawberry's definition behind it."""
    definition = field.extensions.get("strawberry-definition")
    source: Source | Where | None = getattr(definition, "metadata", {}).get(SOURCE)
    return source


def describe_inputs(of: GraphQLSchema) -> None:
    """Describe the argument of each mutation as its input is described."""
    for field in of.mutation_type.fields.values() if of.mutation_type else ():
        for one in field.args.values():
            one.description = one.description or get_named_type(one.type).description


def execution_of(*, is_introspective: bool) -> Execution:
    """Return the schema's execution; *is_introspective* is not for production."""
    return Execution(schema._schema, is_introspective=is_introspective)


schema = strawberry.Schema(
    query=Query, mutation=Mutation, config=StrawberryConfig(scalar_map=SCALARS)
)
adopt(schema._schema, source_of, resolve_root)
describe_inputs(schema._schema)
