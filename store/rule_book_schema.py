"""The JSON Schema of rule books, and its refusals in words with a place."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from store.rule_book_text import Document, Fault

RULE_BOOKS = Path(__file__).resolve().parent.parent / "rulebooks"

_KINDS = {"object": "a mapping", "array": "a list", "string": "a text", "integer": "a whole number"}
_LIMITS = {
    "const": "{}",
    "pattern": "a text that matches {}",
    "minimum": "{} or more",
    "maximum": "{} or less",
    "minItems": "at least {} of them",
    "minProperties": "at least {} of them",
    "minLength": "a text that is not empty",
    "uniqueItems": "each one only once",
}


def faults_of_schema(document: Document) -> list[Fault]:
    """Return all faults that the schema finds in *document*."""
    return [
        fault
        for error in _validator().iter_errors(document.value)
        for fault in _faults(document, error)
    ]


@lru_cache
def _validator() -> Draft202012Validator:
    schema = json.loads((RULE_BOOKS / "schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _faults(document: Document, error: ValidationError) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    schema: Any = error.schema
    found: Any = error.instance
    if error.validator == "required":
        for key in schema["required"]:
            if key not in found and f"{key!r} is" in error.message:
                yield document.fault(path, None, f"the key {key} as well")
    elif error.validator == "additionalProperties":
        known = ", ".join(schema["properties"])
        for key in found:
            if key not in schema["properties"]:
                yield document.fault((*path, key), found[key], f"one of the keys {known}")
    else:
        yield document.fault(path, found, _wanted(error))


def _wanted(error: ValidationError) -> str:
    """Return what the schema wants at the place of *error*, by its description if it has one."""
    schema: Any = error.schema
    limit: Any = error.validator_value
    if error.validator == "type":
        return _KINDS.get(str(limit), str(limit))
    if error.validator == "enum":
        return f"one of {', '.join(map(str, limit))}"
    described = str(schema.get("description", "")).rstrip(".")
    if described and error.validator in ("anyOf", "pattern", "not"):
        return described[0].lower() + described[1:]
    wanted = _LIMITS.get(str(error.validator))
    return wanted.format(limit) if wanted else error.message
