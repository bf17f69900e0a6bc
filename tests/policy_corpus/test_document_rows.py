"""A document comes back from its row as it went in, also from a row of an older version."""

from __future__ import annotations

import json
from datetime import date

from policy_corpus.document_rows import document_from_row, document_to_row
from policy_corpus.model import Link, Reference, Relation, Span
from tests.factories import make_document

SPAN = Span("a" * 16, 0, 4, "示例办法")
DOCUMENT = make_document(
    id="a" * 16,
    text="示例办法同时废止",
    references=(
        Reference(Relation.REPEALS, "示例办法", "示政发〔2024〕1号", SPAN),
        Reference(Relation.EXTENDS, None, None, SPAN, date(2028, 12, 31)),
        Reference(Relation.EXTENDS, "乙办法", None, SPAN, months=24),
    ),
    links=(Link("附件", "a.pdf"),),
    warnings=("提示",),
    effective_until=date(2026, 1, 1),
)


def test_a_document_comes_back_whole() -> None:
    assert document_from_row(document_to_row(DOCUMENT)) == DOCUMENT


def test_a_row_stored_before_terms_could_be_extended_is_read() -> None:
    row = document_to_row(DOCUMENT)
    details = json.loads(row["details"])
    details["references"] = [reference[:4] for reference in details["references"][:1]]
    found = document_from_row(row | {"details": json.dumps(details)})
    assert found.references == DOCUMENT.references[:1]


def test_the_confidence_of_recognised_text_comes_back_and_asks_for_a_person() -> None:
    recognised = make_document(confidence=0.87)
    found = document_from_row(document_to_row(recognised))
    assert found == recognised and found.needs_review
    assert not DOCUMENT.needs_review and "confidence" not in json.loads(document_to_row(DOCUMENT)["details"])
