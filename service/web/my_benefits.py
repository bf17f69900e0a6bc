"""The ranked list of one enterprise: what it can have, what it must confirm, what it misses (`/enterprises/…`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flask import render_template

from matching.catalogue.sheet import KIND_BITS
from matching.match import Ranking, rank_items
from matching.model import Eligibility, Enterprise, Openness
from policy_corpus.facts import offered_facts, stored_facts
from policy_corpus.model import BenefitKind, Level
from service.store.shelf import LEVELS, Shelf
from service.web.cards import Card, card_of
from service.web.context import checked_uscc, choice_given, desk, page_given
from service.web.headline import NOW, headline
from service.web.paging import Paging
from service.web.wording import ELIGIBILITY_WORDS, fact_words, kind_words, origin_words

PER_PAGE = 20
_SHORT = {Eligibility.ELIGIBLE: 20, Eligibility.UNDETERMINED: 10, Eligibility.INELIGIBLE: 10}
_OPEN_STATES = {"now": NOW, "upcoming": (Openness.UPCOMING,), "unknown": (Openness.UNKNOWN,)}
_OPEN_WORDS = {"now": "正在申报或常年受理", "upcoming": "尚未开始", "unknown": "未写明申报时间"}


@dataclass(frozen=True, slots=True)
class CardGroup:
    """One of the groups with the cards shown. total: how many there are under the filter."""

    eligibility: Eligibility
    title: str
    total: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in the side panel; origin is empty where the fact is missing."""

    label: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty strings narrow nothing."""

    level: str
    kind: str
    open: str

    @property
    def given(self) -> dict[str, str]:
        """Those that narrow, as URL parameters."""
        pairs = {"level": self.level, "kind": self.kind, "open": self.open}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class _View:
    """What one rendering of the list is made from."""

    ranking: Ranking
    shelf: Shelf
    filters: Filters
    only: Eligibility | None
    page: int


def show_benefits(uscc: str) -> str:
    """The page. Raises EnterpriseNotFound."""
    shelf = desk().shelf()
    enterprise = desk().folder.enterprises.get(checked_uscc(uscc))
    ranking = rank_items(enterprise, shelf.day, include_ineligible=True)
    filters, only, page = _filters(), _group_asked(), page_given()
    view = _View(_narrowed(ranking, shelf, filters), shelf, filters, only, page)
    groups = [_group(view, kind) for kind in Eligibility if only in (None, kind)]
    facts = fact_lines(enterprise)
    return render_template(
        "portal/my_benefits.html",
        enterprise=enterprise,
        headline=headline(ranking),
        groups=groups,
        only=only,
        paging=Paging(page, groups[0].total, PER_PAGE) if only else None,
        filters=filters,
        level_choices=[level.value for level in Level],
        kind_choices={kind.value: kind_words(kind) for kind in BenefitKind},
        open_choices=_OPEN_WORDS,
        facts=facts,
        origin=facts[0].origin if len({fact.origin for fact in facts}) == 1 else None,
        missing=missing_facts(enterprise),
        as_of=shelf.as_of,
    )


def fact_lines(enterprise: Enterprise) -> list[FactLine]:
    """The known facts in the order of the fact table."""
    return [
        FactLine(
            row.label, fact_words(row.key, enterprise.facts[row.key]), origin_words(enterprise.facts[row.key])
        )
        for row in stored_facts()
        if row.key in enterprise.facts
    ]


def missing_facts(enterprise: Enterprise) -> list[str]:
    """The labels of the facts that are unknown."""
    return [row.label for row in offered_facts() if row.key not in enterprise.facts]


def _filters() -> Filters:
    return Filters(
        level=choice_given("level", {level.value for level in Level}),
        kind=choice_given("kind", {kind.value for kind in BenefitKind}),
        open=choice_given("open", set(_OPEN_WORDS)),
    )


def _group_asked() -> Eligibility | None:
    asked = choice_given("group", {kind.value for kind in Eligibility})
    return Eligibility(asked) if asked else None


def _narrowed(ranking: Ranking, shelf: Shelf, filters: Filters) -> Ranking:
    """The candidates that the filters leave."""
    day, positions = shelf.day, ranking.positions
    keep = np.ones(len(ranking), np.bool_)
    if filters.level:
        keep &= shelf.levels[positions] == LEVELS.index(Level(filters.level))
    if filters.kind:
        bit = KIND_BITS[BenefitKind(filters.kind)]
        keep &= day.catalogue.column("kinds")[positions] & bit > 0
    if filters.open:
        keep &= day.is_in(_OPEN_STATES[filters.open])[positions]
    return ranking.narrowed(keep)


def _group(view: _View, kind: Eligibility) -> CardGroup:
    start, size = ((view.page - 1) * PER_PAGE, PER_PAGE) if view.only else (0, _SHORT[kind])
    mine = view.ranking.only(kind)
    documents, today = view.shelf.documents, view.shelf.as_of
    shown = mine.matches(start + size, start)
    cards = tuple(card_of(match, documents[match.item.document_id], today) for match in shown)
    return CardGroup(kind, ELIGIBILITY_WORDS[kind], len(mine), cards)
