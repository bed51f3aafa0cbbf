"""What a document may be: parsed, validated and bounded once, then kept."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    ValidationRule,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import max_aliases, query_depth_limiter

TOKENS_MAX = 4000
DEPTH_MAX = 12
ALIASES_MAX = 50
DOCUMENTS_KEPT = 512

_LIMITS: tuple[type[ValidationRule], ...] = (
    query_depth_limiter.create_validator(DEPTH_MAX, None),
    max_aliases.create_validator(ALIASES_MAX),
)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that passed."""

    node: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Return the operation of that name, or the only one."""
        return get_operation_ast(self.node, name)


class DocumentRefused(Exception):
    """A document does not parse, is not valid for the schema, or is too large.

    Args:
        errors: What is wrong with it.
    """

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


class Documents:
    """Documents by text; the longest unused goes first."""

    def __init__(self, schema: GraphQLSchema, *, is_introspective: bool) -> None:
        self._schema = schema
        self._is_introspective = is_introspective
        self._kept: OrderedDict[str, Document] = OrderedDict()
        closed = () if is_introspective else (NoSchemaIntrospectionCustomRule,)
        self._rules = (*specified_rules, *_LIMITS, *closed)

    def document(self, text: str) -> Document:
        """Return a document, parsed and validated the first time it is seen.

        Raises:
            DocumentRefused: It is not executed.
        """
        document = self._kept.get(text)
        if document is None:
            document = self._kept[text] = self._read(text)
            if len(self._kept) > DOCUMENTS_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(text)
        return document

    def _read(self, text: str) -> Document:
        try:
            node = parse(text, max_tokens=TOKENS_MAX)
        except GraphQLError as error:
            raise DocumentRefused([error]) from error
        errors = validate(
            self._schema, node, self._rules, hide_suggestions=not self._is_introspective
        )
        if errors:
            raise DocumentRefused(errors)
        fragments = {
            one.name.value: one
            for one in node.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        return Document(node, fragments)
