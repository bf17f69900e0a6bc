"""The same benefit at other levels (同类政策), as persons confirmed it: shown beside an item, to companies and to administrators."""

from __future__ import annotations

from dataclasses import dataclass

from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.model import Document, Level, PolicyItem
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf
from service.web.wording import item_amount_words

_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """An item that gives the same at another level."""

    item: PolicyItem
    document: Document
    amount: str

    @property
    def level(self) -> str:
        """The level in a word."""
        return f"{self.document.level.value}级" if self.document.level else ""


def linked_items(folder: DataFolder, shelf: Shelf, item_id: str) -> list[LinkedItem]:
    """What is listed on the day and linked with an item, the highest level first."""
    found = [item for id_ in folder.links.linked(item_id) if (item := shelf.find_item(id_)) is not None]
    linked = [LinkedItem(item, shelf.documents[item.document_id], item_amount_words(item)) for item in found]
    return sorted(linked, key=lambda one: (_rank(one.document), one.item.id))


def _rank(document: Document) -> int:
    return _ORDER.index(document.level) if document.level else len(_ORDER)


def editions_of(folder: DataFolder, item_id: str) -> list[tuple[str, PolicyItem]]:
    """The same item in the edition before and in the one after, with the word for each."""
    neighbours = (
        ("上一版文件中的本事项", folder.links.find_earlier(item_id)),
        ("新版文件中的本事项", folder.links.find_later(item_id)),
    )
    found = []
    for words, id_ in neighbours:
        if id_ is not None:
            try:
                found.append((words, folder.policies.get(id_)))
            except PolicyItemNotFound:
                continue
    return found
