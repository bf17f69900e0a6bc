"""文件库 (`/documents`): search the files, read one in full with the items found in it, take its original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask import Response, render_template, send_file

from matching.highlight import Pieces, highlight
from policy_corpus.errors import DocumentNotFound
from policy_corpus.model import Document, ItemStatus, Relation, Validity
from service.store.shelf import Shelf
from service.web.context import desk, page_given, words_given
from service.web.marked_text import Mark, mark_text
from service.web.paging import Paging
from service.web.wording import VALIDITY_NOTES, date_words, item_amount_words, region_words
from service.workflows.search_policies import search_documents
from service.workflows.upkeep.links import links_of_document

PER_PAGE = 20
_SHOWN_HITS = 50
_PART = 60_000  # characters of a very long document on one page


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a list."""

    document: Document
    validity: Validity
    title: Pieces
    excerpt: Pieces
    day: str
    region: str


@dataclass(frozen=True, slots=True)
class EndedBy:
    """Which document has ended this one, or will, or has extended its term."""

    words: str
    document: Document


def show_documents() -> str:
    """The list: what answers the words, or all files, the newest first."""
    words, page, shelf = words_given("q"), page_given(), desk().shelf()
    lines = list(_found(words, shelf)) if words else list(_newest(page, shelf))
    total = len(lines) if words else len(desk().visible_documents())
    return render_template(
        "portal/documents.html",
        words=words,
        lines=lines,
        paging=Paging(1 if words else page, total, _SHOWN_HITS if words else PER_PAGE),
        is_capped=words and total >= _SHOWN_HITS,
    )


def show_document(document_id: str) -> str:
    """One document. Raises DocumentNotFound."""
    shelf, document, page = desk().shelf(), get_document(document_id), page_given()
    items = desk().folder.policies.items(document_id=document.id)
    published = [item for item in items if item.status is ItemStatus.PUBLISHED]
    marks = [
        Mark(f"i{number}", f"事项{number}", item.spans[0])
        for number, item in enumerate(published, 1)
        if item.spans
    ]
    paging = Paging(page, len(document.text), _PART)
    start = (min(page, paging.pages) - 1) * _PART
    return render_template(
        "portal/document.html",
        document=document,
        details=list(_details(document, shelf.validities[document.id])),
        warning=VALIDITY_NOTES.get(shelf.validities[document.id]),
        validity=shelf.validities[document.id],
        ended_by=_next_edition(document, shelf) or _ended_by(document, shelf) or _extended_by(document, shelf),
        ends=[_reference_words(reference.relation, reference.title, reference.document_number)
              for reference in document.references],
        is_named=desk().is_visible,
        is_released=desk().folder.releases.holds(document.id),
        links=links_of_document(desk().folder, document),
        items=[(item, item_amount_words(item)) for item in published],
        waiting=len(items) - len(published),
        blocks=mark_text(document.text, marks, start, start + _PART),
        paging=paging,
    )  # fmt: skip


def send_original(document_id: str) -> Response:
    """The original bytes as a download, never to be opened in place. Raises DocumentNotFound."""
    document = get_document(document_id)
    data = desk().folder.originals.read(document.content_hash)
    return send_file(
        BytesIO(data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=safe_file_name(document.file_name),
    )


def safe_file_name(name: str) -> str:
    """A file name without folders and control characters.

    >>> safe_file_name("../示例\\r\\n办法.pdf")
    '示例办法.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(char for char in last if char.isprintable() and char not in '"<>|:*?')
    return kept.strip(" .")[-150:] or "原件"


def get_document(document_id: str) -> Document:
    """The document of an address. Raises DocumentNotFound."""
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", document_id):
        raise DocumentNotFound("文件库中没有这份文件，请在“文件库”中重新查找")
    return desk().visible_document(document_id)


def _newest(page: int, shelf: Shelf) -> Iterator[DocumentLine]:
    ordered = sorted(
        desk().visible_documents(), key=lambda document: (_day(document) or date.min, document.id)
    )
    for document in list(reversed(ordered))[(page - 1) * PER_PAGE : page * PER_PAGE]:
        yield _line(document, shelf, (), "")


def _found(words: str, shelf: Shelf) -> Iterator[DocumentLine]:
    terms = tuple(words.split())
    visible = {document.id for document in desk().visible_documents()}
    hits = search_documents(desk().folder, words, limit=_SHOWN_HITS, among=visible.__contains__)
    for hit in hits:
        yield _line(hit.document, shelf, terms, hit.excerpt)


def _line(document: Document, shelf: Shelf, terms: tuple[str, ...], excerpt: str) -> DocumentLine:
    return DocumentLine(
        document,
        shelf.validities[document.id],
        highlight(document.title, terms),
        highlight(excerpt, terms),
        date_words(_day(document)),
        region_words(document.region_code),
    )


def _day(document: Document) -> date | None:
    return document.published_on or document.dated_on


def _details(document: Document, validity: Validity) -> Iterator[tuple[str, str]]:
    table = (
        ("发文字号", document.document_number),
        ("发文机关", document.issuing_authority),
        ("文件类型", document.kind.value),
        ("层级", document.level.value if document.level else None),
        ("适用地区", region_words(document.region_code)),
        ("成文日期", date_words(document.dated_on)),
        ("发布日期", date_words(document.published_on)),
        ("施行日期", date_words(document.effective_from)),
        ("失效日期", date_words(document.effective_until)),
        ("有效性", validity.value),
        ("原件", document.file_name),
    )
    yield from ((label, value) for label, value in table if value)


def _next_edition(document: Document, shelf: Shelf) -> EndedBy | None:
    newer = shelf.documents.get(desk().folder.proposals.find_next_edition(document.id) or "")
    return EndedBy("本文件已有新版", newer) if newer else None


def _ended_by(document: Document, shelf: Shelf) -> EndedBy | None:
    ending = desk().folder.documents.endings().get(document.id)
    if ending is None:
        return None
    verb = "替代" if ending.relation is Relation.REPLACES else "废止"
    since = f"自{date_words(ending.effective_on)}起" if ending.effective_on else ""
    return EndedBy(f"{since}被以下文件{verb}", shelf.documents[ending.by_document_id])


def _extended_by(document: Document, shelf: Shelf) -> EndedBy | None:
    extension = desk().folder.documents.extensions().get(document.id)
    if extension is None:
        return None
    return EndedBy(
        f"有效期延长至{date_words(extension.until)}，依据", shelf.documents[extension.by_document_id]
    )


def _reference_words(relation: Relation, title: str | None, number: str | None) -> str:
    named = (f"《{title}》" if title else "") + (f"（{number}）" if number else "")
    return f"{relation.value}{named or '其他文件'}"
