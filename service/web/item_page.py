"""One benefit (`/items/…`): the verdict, every condition beside its words in the original, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from matching.match import match_one
from matching.model import Eligibility, Finding, Match, Openness, Verdict
from matching.openness import openness
from matching.state_words import OPENNESS_WORDS
from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.facts import FACTS
from policy_corpus.item_spans import is_by_hand
from policy_corpus.model import Condition, ItemStatus, PolicyItem, Quoted, Span
from service.store.shelf import Shelf
from service.web.checklist import Group, answers_needed, checklist, rows
from service.web.context import checked_uscc, desk
from service.web.identity import is_own
from service.web.linked_items import linked_items
from service.web.marked_text import Mark, mark_text, part_around
from service.web.next_steps import next_steps
from service.web.wording import (
    VALIDITY_NOTES,
    benefit_words,
    clipped,
    deadline_words,
    fact_words,
    item_amount_words,
    kind_words,
)

_LONGEST = 40_000  # characters of the original shown beside the conditions; the document's page has all of it
_MARGIN = 3_000


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit with the key of its mark."""

    key: str
    kind: str
    words: str
    quote: str


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """A material, a contact … with the key of its mark. added: by a person, without a sentence to point at."""

    key: str
    text: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Practicalities:
    """What to do and whom to ask."""

    materials: tuple[MarkedQuote, ...]
    department: MarkedQuote | None
    contacts: tuple[MarkedQuote, ...]
    channel: MarkedQuote | None


def show_item(item_id: str) -> str:
    """The page; with ?enterprise=<uscc> the verdict for it. Raises PolicyItemNotFound, EnterpriseNotFound."""
    shelf, folder = desk().shelf(), desk().folder
    item = published_item(item_id, shelf)
    document = folder.documents.get(item.document_id)
    given = request.args.get("enterprise", "")
    enterprise = folder.enterprises.get(checked_uscc(given)) if given else None
    match = match_one(enterprise, item, shelf.day) if enterprise else None
    conditions = checklist(item.conditions, match.findings if match else None)
    state = match.openness if match else openness(item.window, shelf.as_of)
    marks = tuple(item_marks(item, conditions))
    spans = [mark.span for mark in marks if not is_by_hand(mark.span)]
    start, end = part_around(document.text, spans, _LONGEST, _MARGIN)
    return render_template(
        "portal/item.html",
        item=item,
        document=document,
        enterprise=enterprise,
        match=match,
        conditions=conditions,
        verdict=verdict_words(match, conditions) if match else None,
        benefits=benefit_lines(item),
        practical=practicalities(item),
        steps=next_steps(item, match, state, shelf.as_of, answers_needed(conditions) if match else 0),
        is_own=is_own(enterprise.uscc) if enterprise else False,
        amount=item_amount_words(item),
        state=OPENNESS_WORDS[state],
        deadline=deadline_words(item.window, state, shelf.as_of),
        is_closed=state is Openness.CLOSED,
        warning=VALIDITY_NOTES.get(shelf.validities[document.id]),
        is_revised=_is_revised(item.id),
        linked=linked_items(folder, shelf, item.id),
        is_estimated=_is_estimated(folder.policies.get(item.id), state, shelf.as_of),
        blocks=mark_text(document.text, marks, start, end),
        is_cut=(start > 0, end < len(document.text)),
    )


def _is_estimated(item: PolicyItem, state: Openness, today: date) -> bool:
    """Whether the days shown are those of an earlier year carried on, which nobody has confirmed for this round.

    item: as it is stored, not as it stands on the day.
    """
    window = item.window
    is_past = (
        window is not None and window.yearly and window.closes_on is not None and window.closes_on < today
    )
    return is_past and state in (Openness.OPEN, Openness.UPCOMING)


def _is_revised(item_id: str) -> bool:
    """Whether what was published has been changed since."""
    versions = desk().folder.versions.all(item_id)
    return sum(one.status is ItemStatus.PUBLISHED for one in versions) > 1


def published_item(item_id: str, shelf: Shelf) -> PolicyItem:
    """The item as it is on the shelf, else from the library. Raises PolicyItemNotFound, also for drafts."""
    if re.fullmatch(r"[0-9A-Za-z_-]{1,64}", item_id):
        if (listed := shelf.find_item(item_id)) is not None:
            return listed
        item = desk().folder.policies.get(item_id)
        if item.status is ItemStatus.PUBLISHED:
            return item
    raise PolicyItemNotFound("政策库中没有这个事项，它可能尚未发布或已撤回。请用“查政策”重新查找")


def verdict_words(match: Match, conditions: Group) -> str:
    """The verdict on an item in one sentence that says what would change it."""
    found = [row for row in rows(conditions) if row.finding]
    met = sum(row.finding is not None and row.finding.verdict is Verdict.MET for row in found)
    if match.eligibility is Eligibility.ELIGIBLE:
        return f"符合申报条件：{met} 项条件已核对符合" if met else "符合申报条件"
    if match.eligibility is Eligibility.UNDETERMINED:
        return f"已核对符合 {met} 项，还需确认 {max(answers_needed(conditions), 1)} 项"
    failed = [row.finding for row in found if row.finding and row.finding.verdict is Verdict.NOT_MET]
    if not failed:
        return "有条件不符合，请对照原文核对"
    return refusal_words(failed)


def refusal_words(failed: Sequence[Finding]) -> str:
    """What stands in the way: the first failed condition that has a gap, else the first, and how many more."""
    first = next((finding for finding in failed if finding.gap), failed[0])
    condition = first.condition
    value = ""
    if first.actual is not None and isinstance(condition, Condition) and condition.attribute in FACTS:
        value = f"，贵公司为{clipped(fact_words(condition.attribute, first.actual), 40)}"
    gap = f"，{first.gap}" if first.gap else ""
    more = f"；另有 {len(failed) - 1} 项不符合" if len(failed) > 1 else ""
    return f"要求{clipped(first.text, 60)}{value}{gap}{more}"


def item_marks(item: PolicyItem, conditions: Group) -> Iterator[Mark]:
    """What of the text each part of an item was read from, with the key that ties both sides."""
    for row in rows(conditions):
        if not row.is_implied:
            yield Mark(row.key, str(row.number), row.leaf.span)
    for number, benefit in enumerate(item.benefits, 1):
        yield Mark(f"b{number}", f"支持{number}", benefit.span)
    if item.window:
        yield Mark("w1", "申报期", item.window.span)
    for key, label, span in _practical_spans(item):
        yield Mark(key, label, span)


def _practical_spans(item: PolicyItem) -> Iterator[tuple[str, str, Span]]:
    for number, material in enumerate(item.materials, 1):
        yield f"m{number}", f"材料{number}", material.span
    for number, contact in enumerate(item.contacts, 1):
        yield f"k{number}", "联系方式", contact.span
    if item.department:
        yield "d1", "受理部门", item.department.span
    if item.channel:
        yield "a1", "申报方式", item.channel.span


def benefit_lines(item: PolicyItem) -> tuple[BenefitLine, ...]:
    """The benefits of an item as lines."""
    return tuple(
        BenefitLine(f"b{number}", kind_words(benefit.kind), benefit_words(benefit), benefit.span.quote)
        for number, benefit in enumerate(item.benefits, 1)
    )


def practicalities(item: PolicyItem) -> Practicalities:
    """What to do for an item and whom to ask."""

    def one(key: str, quoted: Quoted | None) -> MarkedQuote | None:
        return _marked(key, quoted) if quoted else None

    return Practicalities(
        tuple(_marked(f"m{number}", quoted) for number, quoted in enumerate(item.materials, 1)),
        one("d1", item.department),
        tuple(_marked(f"k{number}", quoted) for number, quoted in enumerate(item.contacts, 1)),
        one("a1", item.channel),
    )


def _marked(key: str, quoted: Quoted) -> MarkedQuote:
    return MarkedQuote(key, quoted.text, added=is_by_hand(quoted.span))
