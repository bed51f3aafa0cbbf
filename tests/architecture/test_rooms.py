"""A folder's `__init__.py` is one sentence, and every file begins with one."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import python_files, rooms, tracked_files, tree

FOLDERS = [path for path in tracked_files() if path.name == "__init__.py"]


@pytest.mark.parametrize("path", FOLDERS, ids=str)
def test_a_folder_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    body = tree(path).body

    assert len(body) == 1
    assert _is_a_sentence(ast.get_docstring(tree(path)))


def test_every_file_begins_by_saying_what_it_is_for() -> None:
    silent = [path for path in python_files(*rooms(), "tests") if not ast.get_docstring(tree(path))]

    assert not silent


def test_no_test_is_switched_off() -> None:
    off = [
        (path, node.attr)
        for path in python_files("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in _SWITCHED_OFF
    ]

    assert not off


_SWITCHED_OFF = ("skip", "skipif", "xfail", "importorskip")


def _is_a_sentence(text: str | None) -> bool:
    return bool(text) and "\n" not in str(text) and str(text)[0].isupper() and str(text)[-1] == "."
