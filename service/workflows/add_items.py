"""Add a policy item that the extraction has missed: a draft that begins with a passage of the document."""

from __future__ import annotations

from datetime import datetime

from policy_corpus.item_spans import SpanReader, UnusableSpan
from policy_corpus.item_values import UnusableValue, read_text
from policy_corpus.model import AllOf, PolicyItem
from service.actors import Actor
from service.errors import ServiceError
from service.store.data_folder import DataFolder

_LONGEST_TITLE = 200
_MOST_ITEMS = 999  # an item's id has three digits for its place in the document


class UnusableItem(ServiceError):
    """An item that cannot be added as it is given."""


def add_item(
    folder: DataFolder, document_id: str, title: str, passage: object, *, by: Actor, now: datetime
) -> PolicyItem:
    """The new draft, with the next number of its document. passage: [start, end, quote] in the text.

    Raises UnusableItem, DocumentNotFound.
    """
    document = folder.documents.get(document_id)
    try:
        name = read_text(title, _LONGEST_TITLE)
        span = SpanReader(document.id, document.text).read(passage)
    except (UnusableValue, UnusableSpan) as error:
        raise UnusableItem(f"新建事项：{error}") from error
    with folder.writing():
        ordinal = (
            max((item.ordinal for item in folder.policies.items(document_id=document.id)), default=0) + 1
        )
        if ordinal > _MOST_ITEMS:
            raise UnusableItem(f"一份文件最多 {_MOST_ITEMS} 个事项")
        item = PolicyItem(f"{document.id}-{ordinal:03d}", document.id, ordinal, name, AllOf(()), (), (span,))
        folder.policies.add([item])
        folder.versions.record_first([item], by=by.name, at=now, event="create")
        folder.audit.record(
            by, "item.create", "item", item.id, at=now, after={"title": name, "passage": span.quote}
        )
    return item
