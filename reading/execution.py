"""Executes operations: by plan straight to JSON, or by graphql-core over the same plans."""

import asyncio
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any
from uuid import UUID

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_variable_values,
)
from graphql.execution.values import VariableValues

from audit.connection import TrailUnavailable
from authz.action import Action
from gate.disclosure import Disclosure, disclose
from reading.answer import Answer, answer_with, refused_with
from reading.limits import Document, DocumentRefused, Documents
from reading.plan import Plan, Plans
from reading.readers import Readers
from reading.refused import Irregular
from reading.run import Asker, Run, Tally
from reading.selection import Asked, Selected


@dataclass(eq=False)
class Operation:
    """One operation being executed.

    Args:
        one_by_one: Fields of one operation are read in turn: it never holds two connections.
    """

    execution: "Execution"
    asker: Asker
    tally: Tally = field(default_factory=Tally)
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)


PRESENT: ContextVar[Operation] = ContextVar("operation")


class Execution:
    """A schema ready to answer.

    Args:
        schema: Built from the nouns; it has `adopt`ed their sources.
        is_introspective: Whether the schema may be asked for; not in production.
    """

    def __init__(self, schema: GraphQLSchema, *, is_introspective: bool = False) -> None:
        self.schema = schema
        self.documents = Documents(schema, is_introspective=is_introspective)
        self.plans = Plans()
        self._readers = Readers()

    async def execute(
        self,
        asker: Asker,
        text: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Answer one operation; what it shows is in the trail before this returns."""
        try:
            document = self.documents.document(text)
        except DocumentRefused as refused:
            return refused_with(refused.errors, asker)
        try:
            return await self.by_plan(asker, document, operation_name, variables or {})
        except Irregular:
            return await self.by_referee(asker, document, operation_name, variables or {})

    async def by_plan(
        self,
        asker: Asker,
        document: Document,
        operation_name: str | None,
        variables: Mapping[str, Any],
    ) -> Answer:
        """Answer a query whose every field is planned and comes out well.

        Raises:
            Irregular: It is no such query; nothing was shown, and graphql-core is to answer.
        """
        operation = document.operation(operation_name)
        if operation is None or operation.operation is not OperationType.QUERY:
            raise Irregular
        tally = Tally()
        try:
            answer = answer_with(await self._values(asker, document, operation, variables, tally))
        except Exception as error:  # whatever it is: graphql-core words it, with its path
            raise Irregular from error
        if tally.unreadable:
            raise Irregular
        try:
            await self._disclose(asker, tally, _name_of(operation))
        except TrailUnavailable as error:
            return refused_with([GraphQLError("", original_error=error)], asker)
        return answer

    async def by_referee(
        self,
        asker: Asker,
        document: Document,
        operation_name: str | None,
        variables: Mapping[str, Any],
    ) -> Answer:
        """Answer by graphql-core, whose resolvers read from the same plans."""
        operation = Operation(self, asker)
        token = PRESENT.set(operation)
        try:
            executed: Any = execute(
                self.schema,
                document.node,
                context_value=asker,
                variable_values=dict(variables),
                operation_name=operation_name,
            )
            result: ExecutionResult = await executed if isawaitable(executed) else executed
        finally:
            PRESENT.reset(token)
        definition = document.operation(operation_name)
        if result.data is None and definition is None:
            return refused_with(result.errors or [], asker)
        try:
            await self._disclose(asker, operation.tally, _name_of(definition))
        except TrailUnavailable as error:
            return refused_with([GraphQLError("", original_error=error)], asker)
        if result.data is None and all(not error.path for error in result.errors or []):
            return refused_with(result.errors or [], asker)
        return answer_with(result.data, result.errors or (), asker)

    async def records(
        self, info: GraphQLResolveInfo[Any], noun: str, ids: Sequence[UUID], *, is_named: bool
    ) -> dict[UUID, Any]:
        """Return what is selected of records at a payload's field, by id; only those in reach."""
        operation, selected = PRESENT.get(), _selected(info)
        asked = Asked(self.schema, info.fragments, info.variable_values)
        plans, asker = self.plans, operation.asker
        async with operation.one_by_one:
            plan = plans.plan(asked, self._readers.reaches(asker), selected, (noun, is_named))
            read = await self._read(operation.asker, operation.tally, asked, plan, ids=ids)
        return dict(read)

    async def root(self, info: GraphQLResolveInfo[Any]) -> Any:
        """Return the value of a field of the query root, as its plan reads it."""
        operation, selected = PRESENT.get(), _selected(info)
        asked = Asked(self.schema, info.fragments, info.variable_values)
        async with operation.one_by_one:
            return await self._read_root(operation.asker, operation.tally, asked, selected)

    # -- within ---------------------------------------------------------------------------------

    async def _values(
        self,
        asker: Asker,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        tally: Tally,
    ) -> dict[str, Any]:
        of, given = self.schema.query_type, operation.variable_definitions or ()
        values = get_variable_values(self.schema, given, dict(variables))
        if of is None or not isinstance(values, VariableValues):
            raise Irregular
        asked, data = Asked(self.schema, document.fragments, values), {}
        for selected in asked.selected(of, [operation.selection_set]):
            if selected.name == "__typename":
                data[selected.key] = of.name
            else:
                data[selected.key] = await self._read_root(
                    asker, tally, asked, selected, is_wire=True
                )
        return data

    async def _read_root(
        self,
        asker: Asker,
        tally: Tally,
        asked: Asked,
        selected: Selected,
        *,
        is_wire: bool = False,
    ) -> Any:
        plan = self.plans.plan(asked, self._readers.reaches(asker), selected)
        return await self._read(asker, tally, asked, plan, is_wire=is_wire)

    async def _read(
        self,
        asker: Asker,
        tally: Tally,
        asked: Asked,
        plan: Plan,
        *,
        is_wire: bool = False,
        ids: Sequence[UUID] = (),
    ) -> Any:
        arguments = plan.arguments(asked.variables)
        run = Run(asker, tally, arguments, is_wire, self._readers.reaches(asker), ids)
        if not plan.sql:
            plan.bound(run)
            return plan.build((), run)
        async with asker.house.database.connection() as connection:
            return await plan.read(connection, run)

    async def _disclose(self, asker: Asker, tally: Tally, name: str) -> None:
        """Have the trail remember what is about to be shown, if customers or the trail were read.

        Raises:
            TrailUnavailable: Something is in clear and cannot be remembered.
        """
        if asker.actor is None:
            return
        of_customers = [one for one in tally.actions if one is not Action.AUDIT_ENTRY_READ]
        if len(of_customers) < len(tally.actions):
            log = Disclosure(Action.AUDIT_ENTRY_READ, name, {}, [], type="AuditEntry")
            await disclose(asker.actor, log)
        if of_customers:
            fields = {one: (c, m) for one, (c, m) in tally.shown.items() if c or m}
            disclosure = Disclosure(of_customers[0], name, fields, list(tally.customers))
            await disclose(asker.actor, disclosure)


async def resolve_root(_source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Resolve a planned field of the query root."""
    return await PRESENT.get().execution.root(info)


def _selected(info: GraphQLResolveInfo[Any]) -> Selected:
    definition = info.parent_type.fields[info.field_name]
    return Selected(str(info.path.key), info.field_name, definition, tuple(info.field_nodes))


def _name_of(operation: Any) -> str:
    return operation.name.value if operation and operation.name else ""
