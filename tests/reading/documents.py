"""Documents to try: those of the pages, and random ones drawn from the schema."""

import re
from pathlib import Path
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

PAGES = Path(__file__).parents[2] / "frontend" / "src"
_DOCUMENT = re.compile(r"graphql\(\s*`(.*?)`", re.DOTALL)
DEPTH_MAX = 8
MASKED = "m_: isMasked"  # selected with every protected value, for the test to count by


def documents_of_pages() -> dict[str, str]:
    """Return the documents of the pages by file name."""
    return {
        path.name: found[1]
        for path in sorted(PAGES.rglob("*.gql.ts"))
        if (found := _DOCUMENT.search(path.read_text(encoding="utf-8")))
    }


class Drawer:
    """Draws documents with their variables; one seed draws the same ones each time.

    Args:
        pools: Values of arguments and input fields by name; others are drawn by type.
    """

    def __init__(self, schema: GraphQLSchema, pools: dict[str, list[Any]], seed: int) -> None:
        self._schema = schema
        self._pools = pools
        self._random = Random(seed)  # noqa: S311  chance for tests, not for secrets

    def document(self) -> tuple[str, dict[str, Any]]:
        """Return a query with one to three root fields, and its variables."""
        self._definitions: list[str] = []
        self._variables: dict[str, Any] = {}
        self._fragments: list[str] = []
        self._aliases = 0
        root = self._schema.query_type
        assert root
        fields = [f for name, f in root.fields.items() if name != "me"]
        names = [name for name in root.fields if name != "me"]
        chosen = self._random.choices(range(len(fields)), k=self._random.randint(1, 3))
        body = " ".join(self._field(names[n], fields[n], DEPTH_MAX) for n in chosen)
        head = f"query Drawn({', '.join(self._definitions)})" if self._definitions else "query"
        text = " ".join([f"{head} {{ {body} }}", *self._fragments])
        return text, self._variables

    def _field(self, name: str, field: GraphQLField, depth: int) -> str:
        arguments = self._arguments(field)
        of = get_named_type(field.type)
        self._aliases += 1
        # Two of one name may not differ in arguments, so only fields without any go unaliased.
        is_plain = not field.args and self._random.random() < 0.4
        alias = "" if is_plain else f"a{self._aliases}: "
        text = f"{alias}{name}{arguments}{self._directive()}"
        if is_leaf_type(of):
            return text
        if of.name == "Node":
            of = self._schema.type_map[self._random.choice(["Customer", "Unit", "Obligation"])]
            assert isinstance(of, GraphQLObjectType)
            return f"{text} {{ __typename id ... on {of.name} {{ {self._below(of, depth)} }} }}"
        assert isinstance(of, GraphQLObjectType)
        return f"{text} {{ {self._below(of, depth)} }}"

    def _below(self, of: GraphQLObjectType, depth: int) -> str:
        chance = self._random
        names = list(of.fields)
        if depth <= 1:
            names = [n for n in names if is_leaf_type(get_named_type(of.fields[n].type))]
        chosen = chance.sample(names, min(len(names), chance.randint(1, 4)))
        parts = [self._field(name, of.fields[name], depth - 1) for name in chosen]
        if chance.random() < 0.2 or not parts:
            parts.append("__typename")
        if of.name in ("Protected", "ProtectedAmount"):
            parts.insert(0, MASKED)
        if chance.random() < 0.15:
            half = len(parts) // 2
            parts = [*parts[:half], f"...{self._directive()} {{ {' '.join(parts[half:])} }}"]
        if chance.random() < 0.15:
            name = f"F{len(self._fragments)}"
            self._fragments.append(f"fragment {name} on {of.name} {{ {' '.join(parts)} }}")
            parts = [f"...{name}", *parts[:1], f"...{name}"]
        return " ".join(parts)

    def _directive(self) -> str:
        chance = self._random.random()
        if chance > 0.12:
            return ""
        name = self._random.choice(["skip", "include"])
        value = self._random.random() < 0.5
        return f" @{name}(if: {self._given('Boolean!', value)})"

    def _arguments(self, field: GraphQLField) -> str:
        given = []
        for name, argument in field.args.items():
            is_needed = is_non_null_type(argument.type)
            if is_needed or self._random.random() < 0.35:
                value = self._value(name, argument.type)
                if not is_needed and self._random.random() < 0.1:
                    value = None
                given.append(f"{name}: {self._written(argument, value)}")
        return f"({', '.join(given)})" if given else ""

    def _written(self, argument: GraphQLArgument, value: Any) -> str:
        if self._random.random() < 0.5:
            return self._given(str(argument.type), value)
        return _literal(get_named_type(argument.type), value)

    def _given(self, of: str, value: Any) -> str:
        name = f"v{len(self._definitions)}"
        self._definitions.append(f"${name}: {of}")
        self._variables[name] = value
        return f"${name}"

    def _value(self, name: str, of: Any) -> Any:
        if name in self._pools:
            return self._random.choice(self._pools[name])
        if is_non_null_type(of):
            return self._value(name, of.of_type)
        if is_list_type(of):
            return [self._value(f"{name}[]", of.of_type) for _ in range(self._random.randint(0, 2))]
        if isinstance(of, GraphQLEnumType):
            return self._random.choice(list(of.values))
        if isinstance(of, GraphQLInputObjectType):
            chosen = self._random.sample(list(of.fields), self._random.randint(0, 2))
            return {one: self._value(one, of.fields[one].type) for one in chosen}
        some: dict[str, list[Any]] = {"Boolean": [True, False], "Int": [1, 2, 3]}
        return self._random.choice(some.get(of.name, ["x"]))


def _literal(of: Any, value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(_literal(of, one) for one in value)}]"
    if isinstance(value, dict):
        fields = (
            f"{name}: {_literal(get_named_type(of.fields[name].type), one)}"
            for name, one in value.items()
        )
        return f"{{{', '.join(fields)}}}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(of, GraphQLEnumType) or isinstance(value, int):
        return str(value)
    return '"' + str(value) + '"'
