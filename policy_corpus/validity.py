"""Tell whether a document binds on a day (有效性), and which documents end which others.

`resolve_references` joins what documents say of others (《X》同时废止) to the documents that the library
holds; `validity` then decides for one day. Both take light records, so that database rows suffice. The
library calls them whenever documents are added, and each reader with its own day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from policy_corpus.describing.dates import add_months
from policy_corpus.describing.numbers import normalise_number
from policy_corpus.describing.relations import plain_title
from policy_corpus.describing.titles import inner_title
from policy_corpus.folding import fold
from policy_corpus.model import DocumentKind, Reference, Relation, Span, Validity

# Added to a title, these words name a paper of its own: the 实施细则 of a 办法 is not the 办法.
_ANOTHER_PAPER = re.compile(r"细则|规程|办法|方案|解读|补充|修改|指南|通知|公告|说明")
_SHORTEST_CONTAINED = 10  # characters; a shorter title is contained in another by chance


class Dated(Protocol):
    """What `validity` asks of a document."""

    @property
    def kind(self) -> DocumentKind:
        """What sort of document it is."""

    @property
    def effective_from(self) -> date | None:
        """The day it takes effect."""

    @property
    def effective_until(self) -> date | None:
        """Its last day, inclusive."""


class DocumentRecord(Dated, Protocol):
    """What `resolve_references` asks of a document; a `Document` is one, and so may be a database row."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def title(self) -> str:
        """Its title in full."""

    @property
    def document_number(self) -> str | None:
        """发文字号."""

    @property
    def issuing_authority(self) -> str | None:
        """发文机关."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it repeals or replaces."""

    @property
    def dated_on(self) -> date | None:
        """成文日期."""


@dataclass(frozen=True, slots=True)
class Ending:
    """That a document is ended: by which document, how, and from which day (None: not said, so at once)."""

    by_document_id: str
    relation: Relation
    effective_on: date | None


@dataclass(frozen=True, slots=True)
class Extension:
    """That a document's term was extended: by which document, to which last day, in which words of it."""

    by_document_id: str
    until: date
    span: Span


def validity(
    document: Dated, as_of: date, repealed_on: date | None = None, extended_until: date | None = None
) -> Validity:
    """Whether a document binds on `as_of`. repealed_on: the first day on which another document has ended it.

    extended_until: the last day that another document gives it. A draft never binds. The last day of a term
    still counts; the day of repeal no longer does.
    """
    if document.kind is DocumentKind.DRAFT:
        return Validity.DRAFT
    if repealed_on is not None and as_of >= repealed_on:
        return Validity.REPEALED
    if _is_over(document.effective_until, extended_until, as_of):
        return Validity.EXPIRED
    if document.effective_from is not None and as_of < document.effective_from:
        return Validity.NOT_YET
    return Validity.IN_FORCE


def _is_over(own: date | None, extended: date | None, as_of: date) -> bool:
    last_day = max(filter(None, (own, extended)), default=None)
    return last_day is not None and as_of > last_day


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on what one document does to another: it stands, or it was read wrongly.

    day: where a person gives it, the first day of a repeal or the new last day of an extension.
    """

    by_document_id: str
    document_id: str
    relation: Relation
    stands: bool
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """What the text of one document does to another that the library holds. day: as in Decision, None: not said."""

    by_document_id: str
    document_id: str
    relation: Relation
    day: date | None
    span: Span


def find_relations(documents: Iterable[DocumentRecord]) -> list[FoundRelation]:
    """Everything that documents say of others that are held, in the order of their ids.

    A reference finds its document by 发文字号; without a number on either side by title, exact after
    normalising, or contained with the same issuer. Drafts end nothing, and nothing ends itself or what is
    newer than itself. An extension whose last day cannot be known extends nothing.
    """
    held = sorted(documents, key=lambda document: document.id)
    find = _finder(held)
    found: list[FoundRelation] = []
    for document in held:
        if document.kind is DocumentKind.DRAFT:
            continue
        for reference in document.references:
            extends = reference.relation is Relation.EXTENDS
            for target in find(document, reference):
                day = (
                    _last_day(reference, target) if extends else document.effective_from or document.dated_on
                )
                if day or not extends:
                    found.append(
                        FoundRelation(document.id, target.id, reference.relation, day, reference.span)
                    )
    return found


def resolve_references(
    documents: Iterable[DocumentRecord], decisions: Iterable[Decision] = ()
) -> dict[str, Ending]:
    """Document id -> what ends it, the earliest ending first where several do; what a person declined ends nothing."""
    endings: dict[str, Ending] = {}
    for found in _decided(find_relations(documents), decisions):
        if found.relation is not Relation.EXTENDS:
            ending = Ending(found.by_document_id, found.relation, found.day)
            endings[found.document_id] = _earlier(endings.get(found.document_id), ending)
    return endings


def resolve_extensions(
    documents: Iterable[DocumentRecord], decisions: Iterable[Decision] = ()
) -> dict[str, Extension]:
    """Document id -> what extends its term, the longest where several do."""
    extensions: dict[str, Extension] = {}
    for found in _decided(find_relations(documents), decisions):
        if found.relation is Relation.EXTENDS and found.day:
            known = extensions.get(found.document_id)
            if known is None or known.until < found.day:
                extensions[found.document_id] = Extension(found.by_document_id, found.day, found.span)
    return extensions


def _decided(found: list[FoundRelation], decisions: Iterable[Decision]) -> Iterator[FoundRelation]:
    """What holds after a person's decisions: the found ones not declined, and those added by hand."""
    decided = {_key(decision): decision for decision in decisions}
    for relation in found:
        decision = decided.get(_key(relation))
        if decision is None:
            yield relation
        elif decision.stands:
            yield replace(relation, day=decision.day or relation.day)
    known = {_key(relation) for relation in found}
    for key, decision in decided.items():
        if decision.stands and key not in known:
            yield FoundRelation(*key, decision.day, Span(decision.by_document_id, 0, 0, ""))


def _key(relation: FoundRelation | Decision) -> tuple[str, str, Relation]:
    return relation.by_document_id, relation.document_id, relation.relation


def _last_day(reference: Reference, target: DocumentRecord) -> date | None:
    """The day named, or the months added to the target's own term if that is known."""
    if reference.until or not reference.months or target.effective_until is None:
        return reference.until
    return add_months(target.effective_until, reference.months)


def _earlier(known: Ending | None, ending: Ending) -> Ending:
    """The ending that counts: the sooner; one without a date counts at once."""
    if known is None:
        return ending
    return min(known, ending, key=lambda each: each.effective_on or date.min)


def _finder(held: list[DocumentRecord]) -> Callable[[DocumentRecord, Reference], list[DocumentRecord]]:
    """A look-up of what a document's reference means among the documents held."""
    by_number: dict[str, list[DocumentRecord]] = defaultdict(list)
    by_title: dict[str, list[DocumentRecord]] = defaultdict(list)
    by_issuer: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in held:
        by_number[_number(document.document_number or "")].append(document)
        by_issuer[document.issuing_authority or ""].append(document)
        for title in _titles(document):
            by_title[title].append(document)

    def find(document: DocumentRecord, reference: Reference) -> list[DocumentRecord]:
        number = _number(reference.document_number or "")
        if number and number in by_number:
            return [found for found in by_number[number] if _can_end(document, found, by_number=True)]
        named = [name for name in _spellings(reference.title or "") if name]
        found = [target for name in named for target in by_title.get(name, ())]
        if not found and document.issuing_authority:
            found = [
                target
                for target in by_issuer[document.issuing_authority]
                if any(_is_contained(name, title) for name in named for title in _titles(target))
            ]
        return [
            target
            for target in found
            if _can_end(document, target) and _may_be(number, target.document_number)
        ]

    return find


def _may_be(number: str, own: str | None) -> bool:
    """Whether a cited number leaves it open that a document is meant: none on a side, or issuers left out."""
    mine = _number(own or "")
    return not number or not mine or mine.endswith(number) or number.endswith(mine)


def _is_contained(name: str, title: str) -> bool:
    """Is one title the other with something added that does not make it another paper?"""
    short, long = sorted((name, title), key=len)
    if len(short) < _SHORTEST_CONTAINED or short not in long:
        return False
    return not _ANOTHER_PAPER.search(long.replace(short, "", 1))


def _can_end(document: DocumentRecord, target: DocumentRecord, by_number: bool = False) -> bool:
    """A document ends only others that are older; of one with its own title the dates must show it."""
    same_number = document.document_number and _number(document.document_number) == _number(
        target.document_number or ""
    )
    if target.id == document.id or same_number or target.kind is DocumentKind.DRAFT:
        return False
    mine, theirs = document.dated_on or document.effective_from, target.dated_on or target.effective_from
    if mine and theirs:
        return theirs < mine
    return by_number or not set(_titles(document)) & set(_titles(target))


def _titles(document: DocumentRecord) -> set[str]:
    return {name for name in _spellings(document.title) if name}


def _spellings(title: str) -> tuple[str, str]:
    """A title in normal form, and that of the document it passes on."""
    return plain_title(title), plain_title(inner_title(fold(title)) or "")


def _number(text: str) -> str:
    plain = "".join(fold(text).replace("、", " ").split())
    return normalise_number(text) or plain.replace("国家税务总局", "税务总局")  # its name changed in 2018
