"""A bureau with a little of everything in it, and how tests ask it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from graphql import get_variable_values
from graphql.execution.values import VariableValues

from domain.staff import Staff
from gate.actor import Actor
from gate.house import House
from reading.execution import Execution
from reading.global_id import global_id
from reading.reach import Reaches
from reading.run import Run, Tally
from reading.selection import Asked
from schema.context import Context
from store.customer import CustomerRecord
from tests.bureau import Bureau

Who = str | Staff | None


@dataclass
class Book:
    """The bureau, its customers by number, and one execution of the schema."""

    bureau: Bureau
    execution: Execution
    customers: dict[str, CustomerRecord] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def house(self) -> House:
        """What it runs on."""
        return self.bureau.house

    async def context(self, who: Who) -> Context:
        """Return a request of *who*, by short name or as policy sees them; None: nobody."""
        actor = await self.bureau.actor(who) if isinstance(who, str) else None
        if isinstance(who, Staff):
            actor = Actor(self.house, who, "0" * 16, "request-1", "en")
        return Context(self.house, actor, "request-1", "127.0.0.1", "en")

    async def ask(self, who: Who, text: str, **variables: Any) -> dict[str, Any]:
        """Return the whole answer to an operation."""
        answer = await self.execution.execute(await self.context(who), text, None, variables)
        told: dict[str, Any] = orjson.loads(answer.body)
        return told

    async def read(self, who: Who, text: str, **variables: Any) -> Any:
        """Return the data of an operation that comes out without errors."""
        told = await self.ask(who, text, **variables)
        assert "errors" not in told, told["errors"]
        return told["data"]

    async def codes(self, who: Who, text: str, **variables: Any) -> list[str]:
        """Return the codes of an operation's errors."""
        told = await self.ask(who, text, **variables)
        return [one.get("extensions", {}).get("code", "") for one in told.get("errors", [])]

    async def statement(self, who: Who, text: str, **variables: Any) -> tuple[str, list[object]]:
        """Return the SQL and the arguments by which the one field of a query is read."""
        context, document = await self.context(who), self.execution.documents.document(text)
        operation = document.operation(None)
        assert operation and self.execution.schema.query_type
        values = get_variable_values(
            self.execution.schema, operation.variable_definitions or (), variables
        )
        assert isinstance(values, VariableValues)
        asked = Asked(self.execution.schema, document.fragments, values)
        (selected,) = asked.selected(self.execution.schema.query_type, [operation.selection_set])
        reaches = Reaches(context.actor.permissions) if context.actor else None
        plan = self.execution.plans.plan(asked, reaches, selected)
        run = Run(context, Tally(), plan.arguments(values), True, reaches)
        return plan.sql, plan.bound(run)

    def gid(self, noun: str, name: str) -> str:
        """Return the global id of what the book knows by a short name."""
        places = {"Unit": self.bureau.units, "Staff": self.bureau.staff}
        if noun == "Customer":
            return global_id(noun, self.customers[name].id)
        return global_id(noun, places.get(noun, self.ids)[name])
