"""Search over the published items with facets (`/policies`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from matching.highlight import Pieces, highlight
from matching.model import Openness
from matching.openness import openness
from matching.state_words import OPENNESS_WORDS
from policy_corpus.model import BenefitKind
from service.web.context import LONGEST_WORDS, desk, page_given, words_given
from service.web.paging import Paging
from service.web.wording import deadline_words, item_amount_words, kind_words, region_words
from service.workflows.search_policies import FACETS, ItemHit, search_items

PER_PAGE = 20
_SHOWN_VALUES = 12
_FACET_WORDS = {"level": "层级", "region": "地区", "kind": "支持方式", "open": "申报状态"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by. address: the search with it chosen, or dropped if it is chosen already."""

    words: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the hits. more: values left out because there are too many."""

    words: str
    values: tuple[FacetValue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Result:
    """One hit as it is shown."""

    hit: ItemHit
    title: Pieces
    excerpt: Pieces
    document_title: Pieces
    amount: str
    state: str
    deadline: str
    region: str


def show_policies() -> str:
    """The page, without words all published items."""
    words, page = words_given("q"), page_given()
    chosen = {facet: value for facet in FACETS if (value := words_given(facet))}
    found = search_items(
        desk().folder, desk().shelf(), words, chosen=chosen, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "portal/policies.html",
        words=words,
        is_cut=len(request.args.get("q", "").strip()) > LONGEST_WORDS,
        chosen=chosen,
        facets=[_facet(name, found.facets.get(name, {}), words, chosen) for name in FACETS],
        results=[_result(hit, found.terms, desk().today()) for hit in found.hits],
        paging=Paging(page, found.total, PER_PAGE),
    )


def _facet(name: str, counts: dict[str, int], words: str, chosen: dict[str, str]) -> Facet:
    kept = [value for value in counts if value == chosen.get(name)]
    shown = (kept + [value for value in counts if value not in kept])[:_SHOWN_VALUES]
    values = tuple(_facet_value(name, value, counts[value], words, chosen) for value in shown)
    if name in chosen and chosen[name] not in counts:
        values = (_facet_value(name, chosen[name], 0, words, chosen), *values)
    return Facet(_FACET_WORDS[name], values, max(len(counts) - len(shown), 0))


def _facet_value(name: str, value: str, count: int, words: str, chosen: dict[str, str]) -> FacetValue:
    is_chosen = chosen.get(name) == value
    others = {key: other for key, other in chosen.items() if key != name}
    wanted: dict[str, Any] = others if is_chosen else others | {name: value}
    address = url_for("portal.policies", q=words or None, **wanted)
    return FacetValue(_value_words(name, value), count, is_chosen, address)


def _value_words(name: str, value: str) -> str:
    if name == "region":
        return region_words(value)
    if name == "open" and value in set(Openness):
        return OPENNESS_WORDS[Openness(value)]
    if name == "kind" and value in set(BenefitKind):
        return kind_words(BenefitKind(value))
    return value


def _result(hit: ItemHit, terms: tuple[str, ...], today: date) -> Result:
    state = openness(hit.item.window, today)
    return Result(
        hit,
        highlight(hit.item.title, terms),
        highlight(hit.excerpt, terms),
        highlight(hit.document.title, terms),
        item_amount_words(hit.item),
        OPENNESS_WORDS[state],
        deadline_words(hit.item.window, state, today),
        region_words(hit.document.region_code),
    )
