"""The parts of a checked rule book as the domain's dataclasses, field by field of the same name."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from domain.money import FEN_PER_YUAN, fen_from_yuan
from domain.rule_book import RuleBook
from store.rule_book_text import PathInDocument, path_text


def rule_book_from(document: Mapping[str, Any]) -> RuleBook:
    """Return the rule book that a checked *document* describes.

    A tier's rank is its place in the list, its upper bar the next tier's lower one.
    """
    tiers = document["tiers"]
    uppers = [tier["from_yuan"] for tier in tiers[1:]] + [None]
    ranked = [
        {**tier, "rank": rank, "below_yuan": upper}
        for rank, (tier, upper) in enumerate(zip(tiers, uppers, strict=True), start=1)
    ]
    return cast(RuleBook, _made(RuleBook, {**document, "tiers": ranked}))


def articles_cited(document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the places that cite each article, in the order of the document."""
    cited: dict[str, list[str]] = {}
    for path, article in _citations(document, ()):
        cited.setdefault(article, []).append(path_text(path))
    return {article: tuple(paths) for article, paths in cited.items()}


def fen_of(yuan: int | str) -> int:
    """Return an amount of a rule book, whole yuan or a text with decimals, in fen."""
    return yuan * FEN_PER_YUAN if isinstance(yuan, int) else fen_from_yuan(yuan)


def _citations(value: Any, path: PathInDocument) -> Iterator[tuple[PathInDocument, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "article":
                yield path, inner
            elif key.endswith("_article"):
                yield (*path, key.removesuffix("_article")), inner
            else:
                yield from _citations(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _citations(inner, (*path, number))


def _made(wanted: Any, value: Any) -> Any:
    """Return *value* as the type *wanted*: a dataclass, a tuple, a mapping, a day, or itself."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(wanted) if part is not type(None))
        return None if value is None else _made(inner, value)
    if origin is tuple:
        return tuple(_made(get_args(wanted)[0], inner) for inner in value)
    if origin is Mapping:
        return {key: _made(get_args(wanted)[1], inner) for key, inner in value.items()}
    if is_dataclass(wanted):
        return _dataclass_from(cast(type[Any], wanted), value)
    return date.fromisoformat(value) if wanted is date else value


def _dataclass_from(wanted: type[Any], value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(wanted)
    given: dict[str, Any] = {}
    for part in fields(wanted):
        in_yuan = part.name.removesuffix("_fen") + "_yuan"
        if part.name.endswith("_fen") and in_yuan in value:
            yuan = value[in_yuan]
            given[part.name] = None if yuan is None else fen_of(yuan)
        elif part.name in value:
            given[part.name] = _made(hints[part.name], value[part.name])
        elif type(None) in get_args(hints[part.name]):
            given[part.name] = None
    return wanted(**given)
