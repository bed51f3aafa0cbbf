"""Rule books from YAML files: checked against their JSON Schema, then made into domain values."""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from domain.rule_book import RuleBook
from store.rule_book_check import faults_between_parts
from store.rule_book_parts import articles_cited, rule_book_from
from store.rule_book_text import Document, Fault, PathInDocument, RuleBookBroken, read_document

RULE_BOOKS = Path(__file__).resolve().parent.parent / "rulebooks"
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
    faults = [_fault(document, error) for error in _validator().iter_errors(document.value)]
    if not faults:
        faults = faults_between_parts(document, code_wanted=path.stem)
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


@lru_cache
def _validator() -> Draft202012Validator:
    schema = json.loads((RULE_BOOKS / "schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _fault(document: Document, error: ValidationError) -> Fault:
    """Return one fault of the schema's in words; of alternatives the one that came closest."""
    closest = best_match([error]) if error.context else error
    error = closest or error
    path = tuple(error.absolute_path)
    wanted = _wanted(error)
    return document.fault(path, error.instance, wanted)


def _wanted(error: ValidationError) -> str:
    """Return what the schema wants at the place of *error*."""
    schema: Any = error.schema
    limit: Any = error.validator_value
    rules: dict[str, str] = {
        "type": _kind_of(limit),
        "enum": f"one of {', '.join(map(str, limit))}" if error.validator == "enum" else "",
        "const": f"{limit}",
        "pattern": f"a text that matches {limit}",
        "minimum": f"{limit} or more",
        "maximum": f"{limit} or less",
        "minItems": f"at least {limit} of them",
        "minLength": "a text that is not empty",
        "uniqueItems": "each one only once",
    }
    wanted = rules.get(str(error.validator), error.message)
    described = schema.get("description", "") if isinstance(schema, dict) else ""
    return f"{wanted}. {described}".rstrip(". ") if described else wanted


def _kind_of(wanted: Any) -> str:
    names = {
        "object": "a mapping",
        "array": "a list",
        "string": "a text",
        "integer": "a whole number",
    }
    return names.get(str(wanted), str(wanted))


__all__ = [
    "MAIN_RULE_BOOK",
    "Fault",
    "PathInDocument",
    "RuleBookBroken",
    "load_rule_book",
    "read_rule_book",
    "rule_book_codes",
]
