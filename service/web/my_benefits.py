"""The ranked list of one enterprise: what it can have, what it must confirm, what it misses (`/enterprises/…`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import render_template

from matching.match import match_enterprise
from matching.model import Eligibility, Enterprise, Match, Openness
from matching.openness import openness
from policy_corpus.facts import stored_facts
from policy_corpus.model import BenefitKind, Document, Level, PolicyItem
from service.store.shelf import Shelf
from service.web.cards import Card, card_of
from service.web.context import checked_uscc, choice_given, desk, page_given
from service.web.paging import Paging
from service.web.wording import ELIGIBILITY_WORDS, fact_words, kind_words, most_of_item, origin_words
from service.workflows.match_enterprises import match_one

PER_PAGE = 20
_SHORT = {Eligibility.ELIGIBLE: 20, Eligibility.UNDETERMINED: 10, Eligibility.INELIGIBLE: 10}
_NOW = (Openness.OPEN, Openness.ALWAYS)
_OPEN_STATES = {"now": _NOW, "upcoming": (Openness.UPCOMING,), "unknown": (Openness.UNKNOWN,)}
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


@dataclass(frozen=True, slots=True)
class _View:
    """What one rendering of the list is made from."""

    enterprise: Enterprise
    matches: Sequence[Match]
    shelf: Shelf
    filters: Filters
    only: Eligibility | None
    page: int


def show_benefits(uscc: str) -> str:
    """The page. Raises EnterpriseNotFound."""
    shelf = desk().shelf()
    found = match_one(desk().folder, shelf, checked_uscc(uscc))
    filters, only, page = _filters(), _group_asked(), page_given()
    view = _View(found.enterprise, found.matches, shelf, filters, only, page)
    groups = [_group(view, kind) for kind in Eligibility if only in (None, kind)]
    facts = fact_lines(found.enterprise)
    return render_template(
        "portal/my_benefits.html",
        enterprise=found.enterprise,
        headline=headline(found.matches),
        groups=groups,
        only=only,
        paging=Paging(page, groups[0].total, PER_PAGE) if only else None,
        filters=filters,
        level_choices=[level.value for level in Level],
        kind_choices={kind.value: kind_words(kind) for kind in BenefitKind},
        open_choices=_OPEN_WORDS,
        facts=facts,
        origin=facts[0].origin if len({fact.origin for fact in facts}) == 1 else None,
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


def _fits(item: PolicyItem, document: Document, state: Openness, filters: Filters) -> bool:
    return (
        (not filters.level or (document.level is not None and document.level.value == filters.level))
        and (not filters.kind or any(benefit.kind.value == filters.kind for benefit in item.benefits))
        and (not filters.open or state in _OPEN_STATES[filters.open])
    )


def _group(view: _View, kind: Eligibility) -> CardGroup:
    start, size = ((view.page - 1) * PER_PAGE, PER_PAGE) if view.only else (0, _SHORT[kind])
    mine, total = _refused(view, start + size) if kind is Eligibility.INELIGIBLE else _fitting(view, kind)
    documents, today = view.shelf.documents, view.shelf.as_of
    shown = mine[start : start + size]
    cards = tuple(card_of(match, documents[match.item.document_id], today) for match in shown)
    return CardGroup(kind, ELIGIBILITY_WORDS[kind], total, cards)


def _fitting(view: _View, kind: Eligibility) -> tuple[Sequence[Match], int]:
    """The matches of one group under the filter, and how many there are."""
    documents = view.shelf.documents
    mine = [
        match
        for match in view.matches
        if match.eligibility is kind
        and _fits(match.item, documents[match.item.document_id], match.openness, view.filters)
    ]
    return mine, len(mine)


def _refused(view: _View, top: int) -> tuple[Sequence[Match], int]:
    """The first `top` of what the enterprise does not fit, and how many there are.

    Asked for apart from the rest, for there may be thousands: their findings are put into words for those shown only.
    """
    listed = {match.item.id for match in view.matches}
    documents, today = view.shelf.documents, view.shelf.as_of
    states = ((item, openness(item.window, today)) for item in view.shelf.items if item.id not in listed)
    rest = [
        item
        for item, state in states
        if state is not Openness.CLOSED and _fits(item, documents[item.document_id], state, view.filters)
    ]
    found = match_enterprise(view.enterprise, rest, view.shelf.index, today, include_ineligible=True, top=top)
    return found, len(rest)
