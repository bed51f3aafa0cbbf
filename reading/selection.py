"""What an operation selects: fields by response key, with fragments, @skip and @include heeded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    get_argument_values,
    get_directive_values,
    is_abstract_type,
    visit,
)
from graphql.execution.values import VariableValues

from reading.source import Source

SOURCE = "source"  # key in the extensions of fields and input fields


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """One field of a response.

    Args:
        key: Where it goes in the response.
        definition: None for ``__typename``.
        nodes: All places of the document that ask for it; their arguments are the same.
    """

    key: str
    name: str
    definition: GraphQLField | None
    nodes: tuple[FieldNode, ...]

    @property
    def source(self) -> Source | None:
        """Where it comes from; None for a field that the plan does not know."""
        return self.definition.extensions.get(SOURCE) if self.definition else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A document with the values of its variables."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def selected(
        self, of: GraphQLObjectType, sets: Iterable[SelectionSetNode | None]
    ) -> list[Selected]:
        """Return what *sets* together select of an object of that type, in the response's order."""
        by_key: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for one in sets:
            if one is not None:
                self._collect(of, one, by_key, seen)
        return [self._selected(of, key, nodes) for key, nodes in by_key.items()]

    def below(self, field: Selected, of: GraphQLObjectType) -> list[Selected]:
        """Return what is selected of the object that *field* gives."""
        return self.selected(of, (node.selection_set for node in field.nodes))

    def arguments(self, field: Selected) -> dict[str, Any]:
        """Return the field's arguments, coerced.

        Raises:
            GraphQLError: They cannot be coerced.
        """
        if field.definition is None:
            return {}
        return get_argument_values(field.definition, field.nodes[0], self.variables)

    def _selected(self, of: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        return Selected(key, name, of.fields.get(name), tuple(nodes))

    def _collect(
        self,
        of: GraphQLObjectType,
        selections: SelectionSetNode,
        by_key: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for node in selections.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                by_key.setdefault(key, []).append(node)
                continue
            fragment: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name in seen or not self._is_of(self.fragments[name], of):
                    continue
                seen.add(name)
                fragment = self.fragments[name]
            elif isinstance(node, InlineFragmentNode) and self._is_of(node, of):
                fragment = node
            else:
                continue
            self._collect(of, fragment.selection_set, by_key, seen)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])

    def _is_of(
        self, fragment: InlineFragmentNode | FragmentDefinitionNode, of: GraphQLObjectType
    ) -> bool:
        if fragment.type_condition is None:
            return True
        condition = self.schema.get_type(fragment.type_condition.name.value)
        if condition is of:
            return True
        return is_abstract_type(condition) and self.schema.is_sub_type(condition, of)


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found = True


def names_variables(field: Selected) -> bool:
    """Tell whether the field's arguments depend on variables."""
    finder = _Variables()
    for argument in field.nodes[0].arguments or ():
        visit(argument, finder)
    return finder.found


def default_of(field: Selected, argument: str) -> Any:
    """Return an argument's default; None if the field has no such argument."""
    found = field.definition.args.get(argument) if field.definition else None
    return found.default_value if found else None
