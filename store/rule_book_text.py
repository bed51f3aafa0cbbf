"""YAML text of a rule book as plain values that know their lines; nothing is guessed at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

PathInDocument = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a rule book.

    Args:
        file: Name of the file.
        line: Line from 1; None if the fault has no line.
        path: Place in the document, like ``tiers[1].from_yuan``; empty for the whole.
        value: What stands there.
        wanted: What should stand there.
    """

    file: str
    line: int | None
    path: str
    value: str
    wanted: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        at = f" at {self.path}" if self.path else ""
        found = f" found {self.value}," if self.value else ""
        return f"{where}{at}:{found} wanted {self.wanted}"


class RuleBookBroken(Exception):
    """A file is not a rule book; every fault has its place, its value and what was wanted."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its plain value, and the nodes that know their lines."""

    file: str
    value: Any
    node: yaml.Node

    def fault(self, path: PathInDocument, value: object, wanted: str) -> Fault:
        """Return a fault at *path* with its line; a *value* of None is not shown."""
        shown = "" if value is None else repr(value)
        if len(shown) > 80:
            shown = f"{shown[:77]}..."
        return Fault(self.file, self._line(path), path_text(path), shown, wanted)

    def _line(self, path: PathInDocument) -> int:
        node = self.node
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return int(node.start_mark.line) + 1


def path_text(path: PathInDocument) -> str:
    """Return *path* as people write it: ``contacts.cadence[2].tier``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read_document(file: str, content: bytes) -> Document:
    """Return the document in *content*.

    Raises:
        RuleBookBroken: It is no UTF-8 YAML, or has one key twice in a mapping.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wanted = f"UTF-8 text; byte {error.start} is none"
        raise RuleBookBroken([Fault(file, None, "", "", wanted)]) from None
    loader = _PlainLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleBookBroken([Fault(file, 1, "", "an empty file", "a rule book")])
        value = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        wanted = f"YAML that can be read: {error.problem}"
        line = mark.line + 1 if mark else None
        raise RuleBookBroken([Fault(file, line, "", "", wanted)]) from None
    finally:
        loader.dispose()
    return Document(file, value, node)


class _PlainLoader(yaml.SafeLoader):
    """Reads null, true, false and whole numbers; anything else is text, as it is written.

    YAML 1.1 would turn ``no`` into a boolean, ``1:30`` into ninety and ``50_000.5`` into a float.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML declares it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value!r} stands here a second time",
                    problem_mark=key.start_mark,
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"null"), ["n"])
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), ["t", "f"])
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None
