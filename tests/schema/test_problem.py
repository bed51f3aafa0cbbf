"""Every rule that refuses says so in both languages."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import NotFound, RuleBroken
from schema.problem import problem_of, sentences

ROOT = Path(__file__).parents[2]
REFUSALS = ("RuleBroken", "RatingRefused", "ImportBusy")  # DeliveryRefused: the console's alone
ROOMS = ("domain", "services", "vault", "rating", "store", "gate", "reading", "schema")


def _refusals() -> Iterator[tuple[str, set[str]]]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                    yield _code_and_params(node)


def _code_and_params(call: ast.Call) -> tuple[str, set[str]]:
    code = ast.literal_eval(call.args[0])
    given = [word.value for word in call.keywords if word.arg == "params"] + call.args[3:4]
    names = {
        ast.literal_eval(k) for one in given if isinstance(one, ast.Dict) for k in one.keys if k
    }
    return code, names


CODES = sorted(_refusals(), key=lambda one: one[0])


@pytest.mark.parametrize(("code", "params"), CODES)
def test_a_refusal_has_a_chinese_sentence_that_uses_only_its_own_figures(
    code: str, params: set[str]
) -> None:
    wanted = {name for _, name, _, _ in string.Formatter().parse(sentences()[code]) if name}

    assert wanted <= params


def test_no_chinese_sentence_is_left_over() -> None:
    assert set(sentences()) == {code for code, _ in _refusals()} | {"NOT_FOUND"}


def test_a_sentence_comes_in_the_readers_language_with_its_figures() -> None:
    broken = RuleBroken("SIGN_IN_TOO_SOON", "Wait 8 seconds.", params={"seconds": 8})

    assert problem_of(broken, "en").message == "Wait 8 seconds."
    assert "8 秒" in problem_of(broken, "zh").message


def test_a_refusal_reads_the_same_as_a_record_that_is_not_there() -> None:
    assert problem_of(NotFound(), "zh") == problem_of(NotFound(), "zh")
    assert problem_of(NotFound(), "en").code == "NOT_FOUND"
