"""What a field of the review screen suggests while one types: regions, industries and titles, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from flask import Blueprint

from matching.judging.titles import known_titles
from policy_corpus.codes.industries import every_industry
from policy_corpus.codes.industries import path as industry_path
from policy_corpus.codes.regions import every_region
from service.web.context import choice_given, words_given

_SHOWN = 20
_Row = tuple[str, str]  # the name that is taken, and what tells it from others


def add_routes(admin: Blueprint) -> None:
    """The endpoint."""
    admin.add_url_rule("/suggestions.json", "suggestions", suggest)


def suggest() -> dict[str, Any]:
    """?kind=region|industry|title&q=: up to 20 suggestions {value, label, hint}."""
    kind, words = choice_given("kind", set(_SOURCES)), words_given("q")
    return {"suggestions": suggestions(kind, words) if kind else []}


def suggestions(kind: str, words: str) -> list[dict[str, str]]:
    """Names of one kind that hold the words or whose code begins so; those first that begin or end with them."""
    rows = list(_SOURCES[kind]())
    close = [
        row for row in rows if row[0].startswith(words) or row[0].endswith(words) or row[1].startswith(words)
    ]
    near = (row for row in rows if words in row[0] and row not in close)
    return [{"value": name, "label": name, "hint": hint} for name, hint in islice(chain(close, near), _SHOWN)]


def _regions() -> Iterator[_Row]:
    return ((region.full_name, region.code) for region in every_region())


def _industries() -> Iterator[_Row]:
    return ((one.name, _path_words(one.code)) for one in every_industry())


def _path_words(code: str) -> str:
    """The code and the classes it lies in: C39 制造业."""
    return " ".join((code, " › ".join(step.name for step in industry_path(code)[:-1]))).strip()


def _titles() -> Iterator[_Row]:
    return ((name, "") for name in known_titles())


_SOURCES: dict[str, Callable[[], Iterable[_Row]]] = {
    "region": _regions,
    "industry": _industries,
    "title": _titles,
}
