"""The region a document speaks for, and the condition that follows from it without being written; called by items."""

from __future__ import annotations

from policy_corpus.codes.regions import get_region
from policy_corpus.model import Condition, Document, FreeText, Level, Node, Operator, Span


def speaking_region(document: Document) -> str | None:
    """Full name of the region that the issuer governs; None for the state and where it is not known."""
    if document.level is Level.NATIONAL or not document.region_code:
        return None
    return get_region(document.region_code).full_name


def implied_condition(document: Document) -> Node | None:
    """The applicant belongs to the issuer's region; unreadable to a machine where that region is not known.

    A company must never be told "you qualify" by a city that it does not belong to.
    """
    if document.level is Level.NATIONAL:
        return None
    name = speaking_region(document)
    if name is None:
        return FreeText(_title_span(document)) if document.text.strip() else None
    return Condition("region", Operator.EQ, name, _naming_span(document, name), implied=True)


def _naming_span(document: Document, full_name: str) -> Span:
    """Where the text first names the issuer or the region; its beginning where it does not."""
    short = _last_step(full_name)
    for words in (document.issuing_authority, full_name, short, short[:-1]):
        if words and len(words) >= 2:
            start = document.text.find(words)
            if start >= 0:
                return Span(document.id, start, start + len(words), words)
    return _title_span(document)


def _last_step(full_name: str) -> str:
    for index in range(len(full_name) - 2, 0, -1):
        if full_name[index] in "省市区县州盟旗":
            return full_name[index + 1 :]
    return full_name


def _title_span(document: Document) -> Span:
    start = document.text.find(document.title) if document.title else -1
    if start >= 0:
        return Span(document.id, start, start + len(document.title), document.title)
    lead = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", lead)
    end = min(end if end > lead else len(document.text), lead + 60)
    return Span(document.id, lead, end, document.text[lead:end])
