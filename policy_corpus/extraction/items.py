"""A document -> its policy items: each benefit with everything that is asked for it; called by the load workflow.

An item is made of a benefit passage, the requirements whose scope holds it (its own section's, those of a condition
section beside it, those of 总则 and 附则), and the region of the issuer. What has no condition of its own gets its own
passage as FreeText: nothing is ever eligible for want of understanding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from policy_corpus.extraction import particulars
from policy_corpus.extraction.application import read_window
from policy_corpus.extraction.days import Calendar
from policy_corpus.extraction.jurisdiction import implied_condition, speaking_region
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section, read_outline
from policy_corpus.extraction.passages import Grant, Reader, Statement
from policy_corpus.extraction.requirements import Requirement, collect_requirements, name_of
from policy_corpus.extraction.tiers import own_conditions, picked_conditions
from policy_corpus.extraction.titles import distinct_titles, title_of
from policy_corpus.extraction.trees import compose, dedupe
from policy_corpus.model import (
    AllOf,
    BenefitKind,
    Condition,
    Document,
    DocumentKind,
    FreeText,
    Node,
    PolicyItem,
    Span,
    leaves,
)  # fmt: skip

# Kinds of documents that speak about benefits without giving any.
_GIVES_NONE = frozenset(
    {
        DocumentKind.LAW,
        DocumentKind.NEWS,
        DocumentKind.INTERPRETATION,
        DocumentKind.ANNOUNCEMENT,
        DocumentKind.REPEAL,
    }
)
_CALLS = frozenset({DocumentKind.NOTICE, DocumentKind.GUIDE})
# Kinds that are slogans more often than benefits where the text names no figure.
_FIGURES_ASKED = frozenset(
    {
        BenefitKind.SERVICE,
        BenefitKind.OTHER,
        BenefitKind.TITLE,
        BenefitKind.LOAN,
        BenefitKind.PROCUREMENT,
        BenefitKind.TALENT,
        BenefitKind.LAND,
    }
)
# What is enjoyed without a call for applications, for as long as the measure runs.
_ENJOYED = frozenset({BenefitKind.TAX, BenefitKind.RENT, BenefitKind.LAND})
_AGAIN = re.compile(
    r"^(?:其中|在此基础上|同时|再|另外?|并|此外)|(?:再|另|额外)(?:次|外|行)?(?:增加|给予|奖励|补|按)|(?:提高|上浮|增加|提升|放宽|延长)(?:到|至|为)"
)
_BOUND = re.compile(
    r"^(?:单户|每户|每家|单个企业|同一企业|每个企业|单家)[^，；。]{0,14}(?:最高|不超过|不高于|限额)"
)
_NEW_SUBJECTS = ("对", "凡", "支持", "鼓励")
MOST_ITEMS = 400


@dataclass(slots=True)
class _Draft:
    section: Section
    statement: Statement
    grants: list[Grant]
    carried: tuple[Node, ...] = field(default=())


def extract_items(document: Document) -> tuple[PolicyItem, ...]:
    """The policy items of a document, in the order of its text; none for laws, news and interpretations."""
    if document.kind in _GIVES_NONE or not document.text.strip():
        return ()
    root = read_outline(document)
    reader = Reader(speaking_region(document))
    read = [(section, reader.read(section)) for section in root.walk()]
    drafts = [
        draft for section, statements in read for draft in _with_caps(list(_drafts(section, statements)))
    ]
    requirements = collect_requirements(root, dict((id(s), st) for s, st in read))
    if not drafts and document.kind in _CALLS and requirements:
        return _call_item(document, root, requirements)
    shared = _Shared.of(document, root)
    drafts = drafts[:MOST_ITEMS]
    items = [_item(document, shared, draft, requirements, ordinal) for ordinal, draft in enumerate(drafts, 1)]
    titles = distinct_titles([item.title for item in items], [draft.grants[0].gift for draft in drafts])
    return tuple(replace(item, title=title) for item, title in zip(items, titles, strict=True))


def _drafts(section: Section, statements: Iterable[Statement]) -> Iterator[_Draft]:
    """Benefits that are given together (same conditions, no tiers) make one item."""
    before: tuple[Node, ...] = ()
    for statement in statements:
        grants = [grant for grant in statement.grants if _is_item(grant)]
        text = statement.plain.text
        carried = before if _AGAIN.search(text) and not text.startswith(_NEW_SUBJECTS) else ()
        group: list[Grant] = []
        for grant in grants:
            if group and (
                grant.conditions != group[-1].conditions
                or grant.gift.places
                or grant.gift.start == group[-1].gift.start
            ):
                yield _Draft(section, statement, group, carried)
                group = []
            group.append(grant)
        if group:
            yield _Draft(section, statement, group, carried)
        if grants:
            before = compose(statement.plain, grants[0].conditions)


def _with_caps(drafts: list[_Draft]) -> list[_Draft]:
    """The drafts of a section, where "单户最高80万元" in a sentence of its own bounds the benefits before it."""
    kept: list[_Draft] = []
    for draft in drafts:
        cap = _cap_alone(draft)
        if cap is None or not kept:
            kept.append(draft)
            continue
        for earlier in kept:
            earlier.grants = [
                replace(grant, gift=replace(grant.gift, cap=cap)) if grant.gift.cap is None else grant
                for grant in earlier.grants
            ]
    return kept


def _cap_alone(draft: _Draft) -> Decimal | None:
    """The sum of a draft that is nothing but a bound for each company."""
    if len(draft.grants) != 1 or draft.grants[0].conditions or not _BOUND.match(draft.statement.plain.text):
        return None
    gift = draft.grants[0].gift
    return gift.cap if gift.amount is None and gift.rate is None else None


def _is_item(grant: Grant) -> bool:
    gift = grant.gift
    if gift.amount is not None or gift.cap is not None or gift.rate is not None:
        return True
    return gift.kind not in _FIGURES_ASKED or len(grant.conditions) >= 2


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every item of a document has in common."""

    implied: Node | None
    sections: tuple[Section, ...]
    calendar: Calendar

    @classmethod
    def of(cls, document: Document, root: Section) -> _Shared:
        return cls(implied_condition(document), tuple(root.walk()), Calendar.of(document))


def _item(
    document: Document, shared: _Shared, draft: _Draft, requirements: list[Requirement], ordinal: int
) -> PolicyItem:
    statement, first = draft.statement, draft.grants[0]
    own = (*draft.carried, *own_conditions(statement.plain, first), *_unread(draft))
    reaching = [requirement for requirement in requirements if requirement.reaches(draft.section)]
    words = " ".join((statement.plain.text, *map(name_of, (draft.section, *draft.section.ancestors()))))
    above = [node for requirement in reaching for node in requirement.nodes_for(words)]
    meant = [
        node for requirement in reaching if not requirement.for_all for node in requirement.nodes_for(words)
    ]
    unread = not any(_tells_who(node) for node in (*own, *meant))
    conditions = _conditions(shared.implied, [*above, *own], statement, unread)
    scope = _scope(draft.section, shared.sections)
    headings = [draft.section.heading, *(a.heading for a in draft.section.ancestors())]
    passage = statement.plain.span(0, len(statement.plain.text))
    matter = "".join((statement.plain.text, first.gift.kind.value, *headings))
    relief = statement.plain if first.gift.kind in _ENJOYED else None
    return PolicyItem(
        id=f"{document.id}-{ordinal:03d}", document_id=document.id, ordinal=ordinal,
        title=title_of(first.gift, picked_conditions(first) or first.conditions, statement.plain.text, headings, document.title),
        conditions=AllOf(conditions), benefits=tuple(grant.gift.benefit(statement.plain) for grant in draft.grants),
        spans=(passage,), window=read_window(scope, shared.calendar, matter, relief), materials=particulars.find_materials(iter(scope)),
        department=particulars.find_responsible(draft.section.plain) or particulars.find_department(iter(scope)),
        contacts=particulars.find_contacts(iter(scope)), channel=particulars.find_channel(iter(scope)),
        no_application=particulars.needs_no_application(draft.section.plain.text),
    )  # fmt: skip


def _tells_who(node: Node) -> bool:
    """Whether a node asks for more than a place: every benefit of a city is for its companies."""
    return any(not (isinstance(leaf, Condition) and leaf.attribute == "region") for leaf in leaves(node))


def _unread(draft: _Draft) -> tuple[Node, ...]:
    left = dict.fromkeys(grant.unread for grant in draft.grants if grant.unread)
    return tuple(FreeText(draft.statement.plain.span(*place)) for place in left)


def _conditions(
    implied: Node | None, nodes: list[Node], statement: Statement, unread: bool
) -> tuple[Node, ...]:
    """All that is asked, and never the issuer's region beside one that is written.

    unread: nothing is known to be asked for this benefit itself, so its own passage is left to a person.
    """
    kept = dedupe(nodes)
    if unread:
        kept = (*kept, FreeText(statement.plain.span(0, len(statement.plain.text))))
    written = any(
        isinstance(leaf, Condition) and leaf.attribute == "region" and not leaf.negated
        for node in kept
        for leaf in leaves(node)
    )
    return kept if implied is None or written else (implied, *kept)


def _scope(section: Section, sections: tuple[Section, ...]) -> list[Section]:
    """The sections whose window, materials and contacts are the item's: its programme's, else the document's."""
    for above in section.ancestors():
        inside = list(above.walk())
        if any(one.role in (Role.MATERIALS, Role.WINDOW, Role.CONTACT, Role.PROCESS) for one in inside):
            return inside
    return list(sections)


def _call_item(document: Document, root: Section, requirements: list[Requirement]) -> tuple[PolicyItem, ...]:
    """A call for applications whose benefit stands elsewhere: one item, without benefits."""
    shared = _Shared.of(document, root)
    nodes = dedupe(node for requirement in requirements for node in requirement.nodes_for(""))
    written = any(
        isinstance(leaf, Condition) and leaf.attribute == "region" and not leaf.negated
        for node in nodes
        for leaf in leaves(node)
    )
    conditions = nodes if shared.implied is None or written else (shared.implied, *nodes)
    sections = list(shared.sections)
    return (
        PolicyItem(
            id=f"{document.id}-001", document_id=document.id, ordinal=1, title=(document.title or "申报事项")[:40],
            conditions=AllOf(conditions), benefits=(), spans=_passages(nodes), window=read_window(sections, shared.calendar),
            materials=particulars.find_materials(iter(sections)), department=particulars.find_department(iter(sections)),
            contacts=particulars.find_contacts(iter(sections)), channel=particulars.find_channel(iter(sections)),
            no_application=particulars.needs_no_application(document.text),
        ),
    )  # fmt: skip


def _passages(nodes: Iterable[Node]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(leaf.span for node in nodes for leaf in leaves(node)))[:1]
