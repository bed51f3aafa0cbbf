"""Names say what the bank says: words that say nothing, and words for other things, stay out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import python_files, tree

SAYS_NOTHING = {
    "process", "handle", "manage", "do", "data", "info", "util", "utils", "helper", "common",
    "misc", "base", "temp", "tmp", "new2",
}  # fmt: skip
NOT_OUR_WORD = {
    "user": "staff, actor", "client": "customer", "ticket": "complaint", "task": "obligation",
    "permission": "action, grant", "scope": "reach", "level": "tier", "branch": "unit",
}  # fmt: skip


# Where a word is right after all: the name is another's, or the word means itself.
ALLOWED = {
    ("api/", "scope"): "ASGI's argument",
    ("audit/", "process"): "a process of the operating system, which has a chain of its own",
    ("audit/", "level"): "a level of the Merkle tree, as RFC 6962 and tlog-tiles say it",
    ("domain/assignment.py", "roles_that_manage"): "what a customer manager does with customers",
    ("services/assignment.py", "_ensure_may_manage"): "what a customer manager does with customers",
    ("domain/", "DataAccess"): "the rule book's word for who may see customer data",
    ("domain/", "data_access"): "the rule book's word for who may see customer data",
    ("domain/", "data_due_day"): "the rule book's word: the day that the data is delivered",
    ("domain/", "data_due_day_article"): "the rule book's word: the day that the data is delivered",
    ("reading/", "data"): "what GraphQL calls the answer's part",
    ("reading/", "info"): "graphql-core's argument",
    ("reading/", "_page_info"): "Relay's name",
    ("schema/", "info"): "Strawberry's argument",
    ("schema/", "Info"): "Strawberry's type",
    ("schema/", "page_info"): "Relay's name",
    ("schema/", "PageInfo"): "Relay's name",
    ("schema/", "PAGE_INFO"): "Relay's name",
    ("store/child.py", "data"): "PostgreSQL's data folder",
    ("store/postmaster.py", "data"): "PostgreSQL's data folder",
    ("store/child.py", "user"): "subprocess's argument",
    ("store/postmaster.py", "process"): "a process of the operating system",
    ("store/binding.py", "client_class"): "Tortoise's name",
    ("vault/", "DataClass"): "JR/T 0171's data class, C1 to C3",
    ("vault/", "data_class"): "JR/T 0171's data class, C1 to C3",
    ("vault/", "associated_data"): "what AEAD calls it",
    ("vault/", "data"): "what AEAD calls it",
}


def test_no_name_is_a_word_that_says_nothing() -> None:
    assert not _strays(SAYS_NOTHING)


def test_no_name_uses_another_word_for_what_has_one() -> None:
    assert not _strays(set(NOT_OUR_WORD))


def test_every_exception_is_still_needed() -> None:
    found = set(_found(SAYS_NOTHING | set(NOT_OUR_WORD)))

    assert not [one for one in ALLOWED if not any(_is_meant(one, name) for name in found)]


def _strays(words: set[str]) -> list[tuple[str, str]]:
    names = set(_found(words))
    return sorted(name for name in names if not any(_is_meant(one, name) for one in ALLOWED))


def _is_meant(allowed: tuple[str, str], found: tuple[str, str]) -> bool:
    return found[0].startswith(allowed[0]) and found[1] == allowed[1]


def _found(words: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (file, name) of all modules, classes, functions, arguments, constants so named."""
    for path in python_files():
        for name in _names(path):
            spoken = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
            if words.intersection(spoken):
                yield str(path), name


def _names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(tree(path)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
