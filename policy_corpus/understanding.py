"""Bytes of a file -> its Document and PolicyItems: reading, describing and extraction in one.

`understand` does it in this process. Loading uses `understand_safely`, which does the same in the sandbox's child
under its limits: patterns meet whatever text a file holds, so understanding it needs the guard as much as parsing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from policy_corpus.describing import describe
from policy_corpus.document_rows import document_from_row, document_to_row
from policy_corpus.extraction import extract
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import Document, ItemStatus, PolicyItem
from policy_corpus.reading.assistance import run_with_help
from policy_corpus.reading.dispatch import read_document
from policy_corpus.reading.sandbox import Sandbox

_TASK = "policy_corpus.understanding:answer"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file is and the items in it, all of them drafts."""

    document: Document
    items: tuple[PolicyItem, ...]


def understand(data: bytes, file_name: str, aid: bytes = b"") -> Understood:
    """Read and understand a file in this process. aid: see `read_document`. Raises UnreadableDocument."""
    document = describe(read_document(data, file_name, aid), hashlib.sha256(data).hexdigest(), file_name)
    found = extract(document)
    return Understood(replace(document, warnings=(*document.warnings, *found.notes)), found.items)


def understand_safely(sandbox: Sandbox, data: bytes, file_name: str) -> Understood:
    """The same in the child. Raises UnreadableDocument with a Chinese reason, whatever the file does to us."""
    found = run_with_help(sandbox, _TASK, data, file_name)
    items = tuple(item_from_json(item, ItemStatus.DRAFT) for item in found["items"])
    return Understood(document_from_row(found["document"]), items)


def read_again(row: bytes, _: str) -> dict[str, Any]:
    """A task of the child as well: the items of a document that is there already, as JSON, read from its text."""
    found = extract(document_from_row(json.loads(row)))
    return {"items": [item_to_json(item) for item in found.items]}


def answer(data: bytes, file_name: str, aid: bytes = b"") -> dict[str, Any]:
    """What the child sends back: the document as a row, its items as JSON."""
    found = understand(data, file_name, aid)
    return {
        "document": document_to_row(found.document),
        "items": [item_to_json(item) for item in found.items],
    }
