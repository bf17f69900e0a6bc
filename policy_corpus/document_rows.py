"""Documents to and from plain rows: how `library` stores them and the reading child hands them over."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from policy_corpus.model import Document, DocumentKind, Level, Link, Reference, Relation, Span

_DATES = ("dated_on", "published_on", "effective_from", "effective_until")


def iso_day(day: date | None) -> str | None:
    """A day as ISO text, or None."""
    return day.isoformat() if day else None


def document_to_row(document: Document) -> dict[str, Any]:
    """A document as plain columns: strings, ISO dates, and one column of JSON for what is a list."""
    details: dict[str, Any] = {
        "references": [
            [
                ref.relation.value,
                ref.title,
                ref.document_number,
                [ref.span.start, ref.span.end, ref.span.quote],
                iso_day(ref.until),
                ref.months,
            ]
            for ref in document.references
        ],
        "links": [[link.title, link.address] for link in document.links],
        "warnings": list(document.warnings),
    }
    if document.confidence is not None:
        details["confidence"] = document.confidence
    plain = (
        "id",
        "content_hash",
        "file_name",
        "format",
        "title",
        "document_number",
        "issuing_authority",
        "text",
    )
    return (
        {name: getattr(document, name) for name in (*plain, "region_code")}
        | {name: iso_day(getattr(document, name)) for name in _DATES}
        | {
            "kind": document.kind.value,
            "level": document.level.value if document.level else None,
            "details": json.dumps(details, ensure_ascii=False),
        }
    )


def document_from_row(row: dict[str, Any]) -> Document:
    """The inverse of `document_to_row`."""
    details = json.loads(row["details"])
    plain = (
        "id",
        "content_hash",
        "file_name",
        "format",
        "title",
        "text",
        "document_number",
        "issuing_authority",
    )
    known: dict[str, Any] = {name: row[name] for name in (*plain, "region_code")}
    known |= {name: date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
    return Document(
        **known,
        kind=DocumentKind(row["kind"]),
        level=Level(row["level"]) if row["level"] else None,
        references=tuple(_reference(row["id"], *reference) for reference in details["references"]),
        links=tuple(Link(*link) for link in details["links"]),
        warnings=tuple(details["warnings"]),
        confidence=details.get("confidence"),
    )


def _reference(
    document_id: str,
    relation: str,
    title: str | None,
    number: str | None,
    span: tuple[int, int, str],
    until: str | None = None,  # rows stored before terms could be extended end here
    months: int | None = None,
) -> Reference:
    last_day = date.fromisoformat(until) if until else None
    return Reference(Relation(relation), title, number, Span(document_id, *span), last_day, months)
