"""The ranked list of one enterprise: what it can have, what it must confirm, what it misses (`/enterprises/…`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import render_template

from matching.model import Eligibility, Enterprise, Match, Openness
from policy_corpus.facts import stored_facts
from policy_corpus.model import BenefitKind, Document, Level
from service.store.shelf import Shelf
from service.web.cards import Card, card_of
from service.web.context import checked_uscc, choice_given, desk, page_given
from service.web.paging import Paging
from service.web.wording import ELIGIBILITY_WORDS, fact_words, kind_words, most_of_item, origin_words
from service.workflows.match_enterprises import match_one

PER_PAGE = 20
_SHORT = {Eligibility.ELIGIBLE: 20, Eligibility.UNDETERMINED: 10, Eligibility.INELIGIBLE: 10}
_NOW = (Openness.OPEN, Openness.ALWAYS)
_OPEN_WORDS = {"now": "正在申报或常年受理", "upcoming": "尚未开始", "unknown": "未写明申报时间"}


@dataclass(frozen=True, slots=True)
class Headline:
    """The first screen in figures. total_yuan: the largest written sum of each item, added up."""

    eligible: int
    now: int
    later: int
    unsaid: int
    undetermined: int
    total_yuan: Decimal
    counted: int


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


def show_benefits(uscc: str) -> str:
    """The page. Raises EnterpriseNotFound."""
    shelf = desk().shelf()
    found = match_one(desk().folder, shelf, checked_uscc(uscc), include_ineligible=True)
    filters, only = _filters(), _group_asked()
    fitting = [
        match for match in found.matches if _fits(match, shelf.documents[match.item.document_id], filters)
    ]
    page = page_given()
    groups = [_group(kind, fitting, shelf, only, page) for kind in Eligibility if only in (None, kind)]
    paging = Paging(page, groups[0].total, PER_PAGE) if only else None
    return render_template(
        "portal/my_benefits.html",
        enterprise=found.enterprise,
        headline=headline(found.matches),
        groups=groups,
        only=only,
        paging=paging,
        filters=filters,
        level_choices=[level.value for level in Level],
        kind_choices={kind.value: kind_words(kind) for kind in BenefitKind},
        open_choices=_OPEN_WORDS,
        facts=fact_lines(found.enterprise),
        missing=missing_facts(found.enterprise),
        as_of=shelf.as_of,
    )


def headline(matches: Sequence[Match]) -> Headline:
    """The figures of the whole list, whatever it is narrowed to."""
    eligible = [match for match in matches if match.eligibility is Eligibility.ELIGIBLE]
    sums = [most for match in eligible if (most := most_of_item(match.item)) is not None]
    return Headline(
        eligible=len(eligible),
        now=sum(match.openness in _NOW or match.item.no_application for match in eligible),
        later=sum(
            match.openness is Openness.UPCOMING and not match.item.no_application for match in eligible
        ),
        unsaid=sum(
            match.openness is Openness.UNKNOWN and not match.item.no_application for match in eligible
        ),
        undetermined=sum(match.eligibility is Eligibility.UNDETERMINED for match in matches),
        total_yuan=sum(sums, Decimal(0)),
        counted=len(sums),
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
    return [row.label for row in stored_facts() if row.key not in enterprise.facts]


def _filters() -> Filters:
    return Filters(
        level=choice_given("level", {level.value for level in Level}),
        kind=choice_given("kind", {kind.value for kind in BenefitKind}),
        open=choice_given("open", set(_OPEN_WORDS)),
    )


def _group_asked() -> Eligibility | None:
    asked = choice_given("group", {kind.value for kind in Eligibility})
    return Eligibility(asked) if asked else None


def _fits(match: Match, document: Document, filters: Filters) -> bool:
    states: Mapping[str, tuple[Openness, ...]] = {
        "now": _NOW,
        "upcoming": (Openness.UPCOMING,),
        "unknown": (Openness.UNKNOWN,),
    }
    return (
        (not filters.level or (document.level is not None and document.level.value == filters.level))
        and (not filters.kind or any(benefit.kind.value == filters.kind for benefit in match.item.benefits))
        and (not filters.open or match.openness in states[filters.open])
    )


def _group(
    kind: Eligibility, matches: Sequence[Match], shelf: Shelf, only: Eligibility | None, page: int
) -> CardGroup:
    mine = [match for match in matches if match.eligibility is kind]
    start, size = ((page - 1) * PER_PAGE, PER_PAGE) if only else (0, _SHORT[kind])
    return CardGroup(
        kind, ELIGIBILITY_WORDS[kind], len(mine), _cards(mine[start : start + size], shelf, shelf.as_of)
    )


def _cards(matches: Sequence[Match], shelf: Shelf, today: date) -> tuple[Card, ...]:
    return tuple(card_of(match, shelf.documents[match.item.document_id], today) for match in matches)
