"""One verb and one noun name an action everywhere: policy, service, mutation, operation file."""

import ast
import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType, build_schema

from authz.action import Action
from tests.architecture.source import REPOSITORY, python_files, tracked_files, tree

# To sign in is one verb in English, with the noun left out.
PHRASAL = {"sign:in": "sign_in", "sign:out": "sign_out"}
# One action, carried out in more than one way.
ALSO = {
    "assign_unmanaged": "customer:assign",  # all that have no manager, at once
    "read_ratings": "rating:read",  # a whole period as a file, not as a page
    "replay_quarter": "rating:read",  # computed anew and compared; changes nothing
}


def _snake(camel: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", camel).lower()


def _function_of(action: str) -> str:
    """Return the service function that carries out *action*."""
    noun, verb = action.split(":")
    return PHRASAL.get(action, f"{verb}_{noun}")


def _mutations() -> list[str]:
    schema = build_schema((REPOSITORY / "schema/schema.graphql").read_text(encoding="utf-8"))
    mutation = schema.mutation_type
    assert isinstance(mutation, GraphQLObjectType)
    return list(mutation.fields)


def _service_functions() -> dict[str, ast.AsyncFunctionDef]:
    return {
        node.name: node
        for path in python_files("services")
        for node in tree(path).body
        if isinstance(node, ast.AsyncFunctionDef)
    }


def _acts() -> Iterator[tuple[str, str]]:
    """Yield each act that a service opens, with the function that opens it."""
    public = ((n, f) for n, f in _service_functions().items() if not n.startswith("_"))
    for name, function in public:
        for call in ast.walk(function):
            match call:
                case ast.Call(
                    func=ast.Name("act"),
                    args=[_, ast.Attribute(value=ast.Name("Action"), attr=action), *_],
                ):
                    yield Action[action].value, name


@pytest.mark.parametrize("mutation", _mutations())
def test_a_mutation_is_an_action_of_policy(mutation: str) -> None:
    assert _snake(mutation) in {_function_of(action) for action in Action}


@pytest.mark.parametrize("mutation", _mutations())
def test_a_mutation_is_carried_out_by_the_service_of_its_name(mutation: str) -> None:
    assert _snake(mutation) in _service_functions()


@pytest.mark.parametrize("mutation", _mutations())
def test_a_mutation_is_asked_for_in_the_file_of_its_name(mutation: str) -> None:
    file = f"{_snake(mutation).replace('_', '-')}.gql.ts"
    found = [path for path in tracked_files() if path.name == file]

    assert len(found) == 1
    document = (REPOSITORY / found[0]).read_text(encoding="utf-8")
    assert f"mutation {mutation[0].upper()}{mutation[1:]}(" in document.replace(" {", "(")
    assert "problems {" in document


@pytest.mark.parametrize(
    "path", [path for path in tracked_files() if path.name.endswith(".gql.ts")], ids=str
)
def test_an_operation_file_holds_the_one_operation_of_its_name(path: object) -> None:
    document = (REPOSITORY / str(path)).read_text(encoding="utf-8")
    operations = re.findall(r"^ *(?:query|mutation|subscription) (\w+)", document, re.MULTILINE)

    stem = str(path).rpartition("/")[2].removesuffix(".gql.ts")
    assert operations == ["".join(word.capitalize() for word in stem.split("-"))]


def test_a_service_opens_the_act_of_its_own_name() -> None:
    strays = {name: action for action, name in _acts() if _function_of(action) != name}

    assert strays == ALSO
