"""A document -> its policy items: each benefit with everything that is asked for it; called by the load workflow.

An item is made of a benefit passage, the requirements whose scope holds it (its own section's, those of a condition
section beside it, those of 总则 and 附则), and the region of the issuer. What has no condition of its own gets its own
passage as FreeText: nothing is ever eligible for want of understanding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from policy_corpus.extraction.applicants import name_of
from policy_corpus.extraction.bounds import Draft
from policy_corpus.extraction.conditions.trees import dedupe
from policy_corpus.extraction.contradictions import leave_to_person
from policy_corpus.extraction.drafts import draft_items
from policy_corpus.extraction.particulars.application import choose_window
from policy_corpus.extraction.particulars.contacts import find_on_card, find_responsible, needs_no_application
from policy_corpus.extraction.particulars.programmes import Programmes
from policy_corpus.extraction.passages import Reader
from policy_corpus.extraction.reach import Reach
from policy_corpus.extraction.requirements import Requirement, collect_requirements
from policy_corpus.extraction.statements import Statement
from policy_corpus.extraction.structure.audience import calls_for_benefit, is_for_persons, offers_nothing
from policy_corpus.extraction.structure.jurisdiction import implied_condition, speaking_region
from policy_corpus.extraction.structure.outline import Section, read_outline
from policy_corpus.extraction.tiers import own_conditions, picked_conditions
from policy_corpus.extraction.titles import distinct_titles, title_of
from policy_corpus.extraction.words.days import Calendar
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
# What is enjoyed without a call for applications, for as long as the measure runs.
_ENJOYED = frozenset({BenefitKind.TAX, BenefitKind.RENT, BenefitKind.LAND})
# What one document may cost, counted and so the same on every machine: at the slowest kind of text that bench_extract
# knows this is 6 s of processor time, at real ones 0.5 s; the sandbox allows 20 s. The longest of 900 real documents
# has 27,000 characters, the richest 60 items.
MOST_CHARACTERS = 300_000
MOST_ITEMS = 400
_LONG = f"正文过长，只从前{MOST_CHARACTERS // 10_000}万字中提取政策事项，其后内容未读取，请拆分文件后重新载入"
_MERGED = "表格中合并的单元格过长，其后各行未按表格读取，请拆分文件后重新载入"
_MANY = f"政策事项过多，只列出前{MOST_ITEMS}项，其余未列出，请拆分文件后重新载入"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The items of a document, and in Chinese what of it was not read for want of room (see MOST_…)."""

    items: tuple[PolicyItem, ...]
    notes: tuple[str, ...] = ()


def extract_items(document: Document) -> tuple[PolicyItem, ...]:
    """The policy items of a document, in the order of its text; none for laws, news and help to persons."""
    return extract(document).items


def extract(document: Document) -> Extracted:
    """The items, within what one document may cost: a number of characters that are read, and of items."""
    if document.kind in _GIVES_NONE or is_for_persons(document) or offers_nothing(document):
        return Extracted(())
    if not document.text.strip():
        return Extracted(())
    notes = (_LONG,) if len(document.text) > MOST_CHARACTERS else ()
    document = replace(document, text=document.text[:MOST_CHARACTERS])
    root = read_outline(document)
    notes = (*notes, _MERGED) if root.cut else notes
    items = _items(document, root)
    return Extracted(items[:MOST_ITEMS], (*notes, _MANY) if len(items) > MOST_ITEMS else notes)


def _items(document: Document, root: Section) -> tuple[PolicyItem, ...]:
    reader = Reader(speaking_region(document))
    read = [(section, reader.read(section)) for section in root.walk()]
    drafts = draft_items(read, document.title)
    requirements = collect_requirements(root, dict((id(s), st) for s, st in read))
    if not drafts and document.kind in _CALLS and requirements and calls_for_benefit(document):
        return _call_item(document, root, requirements)
    shared = _Shared.of(document, root, requirements)
    drafts = drafts[: MOST_ITEMS + 1]
    items = [_item(document, shared, draft, ordinal) for ordinal, draft in enumerate(drafts, 1)]
    titles = distinct_titles([item.title for item in items], [draft.grants[0].gift for draft in drafts])
    return tuple(replace(item, title=title) for item, title in zip(items, titles, strict=True))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every item of a document has in common."""

    implied: Node | None
    programmes: Programmes
    calendar: Calendar
    reach: Reach

    @classmethod
    def of(cls, document: Document, root: Section, requirements: list[Requirement]) -> _Shared:
        calendar = Calendar.of(document)
        return cls(implied_condition(document), Programmes(root, calendar), calendar, Reach(requirements))


def _item(document: Document, shared: _Shared, draft: Draft, ordinal: int) -> PolicyItem:
    statement, first = draft.statement, draft.grants[0]
    own = (*draft.carried, *own_conditions(statement.plain, first), *_unread(draft))
    words = " ".join((statement.plain.text, *map(name_of, (draft.section, *draft.section.ancestors()))))
    asked = shared.reach.of(draft.section, words, statement.plain.offsets[0])
    unread = asked.cut or not any(_tells_who(node) for node in (*own, *asked.meant))
    conditions = _conditions(shared.implied, [*asked.nodes, *own], statement, unread)
    programme = shared.programmes.of(draft.section)
    headings = [draft.section.heading, *(a.heading for a in draft.section.ancestors())]
    passage = statement.plain.span(0, len(statement.plain.text))
    matter = "".join((statement.plain.text, first.gift.kind.value, *headings))
    relief = statement.plain if first.gift.kind in _ENJOYED else None
    return PolicyItem(
        id=f"{document.id}-{ordinal:03d}", document_id=document.id, ordinal=ordinal,
        title=title_of(first.gift, picked_conditions(first) or first.conditions, statement.plain.text, headings, document.title),
        conditions=AllOf(conditions), benefits=tuple(grant.gift.benefit(statement.plain) for grant in draft.grants),
        spans=(passage,), window=choose_window(programme.windows, shared.calendar, matter, relief), materials=programme.materials,
        department=find_responsible(draft.section.plain) or find_on_card(draft.section) or programme.department,
        contacts=programme.contacts, channel=programme.channel,
        no_application=programme.no_application or needs_no_application(draft.section.plain.text),
    )  # fmt: skip


def _tells_who(node: Node) -> bool:
    """Whether a node asks for more than a place: every benefit of a city is for its companies."""
    return any(not (isinstance(leaf, Condition) and leaf.attribute == "region") for leaf in leaves(node))


def _unread(draft: Draft) -> tuple[Node, ...]:
    left = dict.fromkeys(grant.unread for grant in draft.grants if grant.unread)
    return tuple(FreeText(draft.statement.plain.span(*place)) for place in left)


def _conditions(
    implied: Node | None, nodes: list[Node], statement: Statement, unread: bool
) -> tuple[Node, ...]:
    """All that is asked, and never the issuer's region beside one that is written.

    unread: nothing is known to be asked for this benefit itself, or not all, so its own passage is left to a person.
    """
    kept = leave_to_person(dedupe(nodes))
    if unread:
        kept = (*kept, FreeText(statement.plain.span(0, len(statement.plain.text))))
    written = any(
        isinstance(leaf, Condition) and leaf.attribute == "region" and not leaf.negated
        for node in kept
        for leaf in leaves(node)
    )
    return kept if implied is None or written else (implied, *kept)


def _call_item(document: Document, root: Section, requirements: list[Requirement]) -> tuple[PolicyItem, ...]:
    """A call for applications whose benefit stands elsewhere: one item, without benefits."""
    shared = _Shared.of(document, root, requirements)
    asked = dedupe(node for requirement in requirements for node in requirement.nodes_for(""))
    nodes = leave_to_person(asked)
    written = any(
        isinstance(leaf, Condition) and leaf.attribute == "region" and not leaf.negated
        for node in nodes
        for leaf in leaves(node)
    )
    conditions = nodes if shared.implied is None or written else (shared.implied, *nodes)
    programme = shared.programmes.whole()
    return (
        PolicyItem(
            id=f"{document.id}-001", document_id=document.id, ordinal=1, title=(document.title or "申报事项")[:40],
            conditions=AllOf(conditions), benefits=(), spans=_passages(nodes), window=choose_window(programme.windows, shared.calendar),
            materials=programme.materials, department=programme.department, contacts=programme.contacts, channel=programme.channel,
            no_application=needs_no_application(document.text),
        ),
    )  # fmt: skip


def _passages(nodes: Iterable[Node]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(leaf.span for node in nodes for leaf in leaves(node)))[:1]
