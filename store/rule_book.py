"""Rule books from YAML files: checked against their JSON Schema, then made into domain values."""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from domain.rule_book import RuleBook
from store.rule_book_check import faults_between_parts
from store.rule_book_parts import articles_cited, rule_book_from
from store.rule_book_schema import RULE_BOOKS, faults_of_schema
from store.rule_book_text import Fault, RuleBookBroken, read_document

MAIN_RULE_BOOK = "postal-high-end"


def load_rule_book(code: str = MAIN_RULE_BOOK) -> RuleBook:
    """Return the rule book that ships under that *code*; read once per process.

    Raises:
        RuleBookBroken: The file is missing, or not a rule book; says where and what was wanted.
    """
    return _load_once(RULE_BOOKS / f"{code}.yaml")


def rule_book_codes() -> tuple[str, ...]:
    """Return the codes of the rule books that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in RULE_BOOKS.glob("*.yaml")))


def read_rule_book(path: Path) -> RuleBook:
    """Return the rule book in the file at *path*.

    Raises:
        RuleBookBroken: With every fault found: file, line, path in the document, value, wanted.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RuleBookBroken(
            [Fault(path.name, None, "", "", f"a readable file: {error}")]
        ) from None
    document = read_document(path.name, content)
    faults = faults_of_schema(document) or faults_between_parts(document, code_wanted=path.stem)
    if faults:
        raise RuleBookBroken(sorted(faults, key=lambda fault: (fault.line or 0, fault.path)))
    rule_book = rule_book_from(document.value)
    return replace(
        rule_book,
        sha256=hashlib.sha256(content).hexdigest(),
        articles=articles_cited(document.value),
    )


@lru_cache
def _load_once(path: Path) -> RuleBook:
    return read_rule_book(path)


__all__ = [
    "MAIN_RULE_BOOK",
    "RULE_BOOKS",
    "Fault",
    "RuleBookBroken",
    "load_rule_book",
    "read_rule_book",
    "rule_book_codes",
]
