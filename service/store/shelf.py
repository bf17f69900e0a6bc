"""The published items of one day with their documents and index, ready to be matched and kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from matching.index import PolicyIndex
from matching.openness import this_round
from policy_corpus.model import ApplicationWindow, Document, ItemStatus, PolicyItem, Validity
from service.store.data_folder import DataFolder
from service.store.policy_index import items_index

_LISTED = (Validity.IN_FORCE, Validity.NOT_YET)


@dataclass(frozen=True, eq=False)
class Shelf:
    """What can be matched on `as_of`: published items of documents in force or soon in force.

    Compared by identity, so that what is worked out for a shelf can be kept with it.
    documents: without text, by id, all of them; validities: of every document on that day.
    """

    version: int
    as_of: date
    items: tuple[PolicyItem, ...]
    documents: dict[str, Document]
    validities: dict[str, Validity]
    index: PolicyIndex


def read_shelf(folder: DataFolder, as_of: date) -> Shelf:
    """Read the shelf of one day from the libraries."""
    version = folder.policies.version()
    documents = {document.id: document for document in folder.documents.all()}
    validities = folder.documents.validities(as_of)
    items = [
        _on(item, documents[item.document_id], validities[item.document_id], as_of)
        for item in folder.policies.items(status=ItemStatus.PUBLISHED)
        if validities[item.document_id] in _LISTED
    ]
    return Shelf(version, as_of, tuple(items), documents, validities, items_index(folder))


def _on(item: PolicyItem, document: Document, validity: Validity, as_of: date) -> PolicyItem:
    """The item with its window of that day: this year's round; not before the document is in force."""
    if item.window is not None and item.window.yearly:
        item = replace(item, window=this_round(item.window, as_of))
    if validity is not Validity.NOT_YET or document.effective_from is None:
        return item
    window = item.window or ApplicationWindow(item.spans[0])
    opens = max(filter(None, (window.opens_on, document.effective_from)))
    return replace(item, window=replace(window, opens_on=opens, always=False))


class ShelfKeeper:
    """Keeps the last shelf read, for a process that answers many requests; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf: Shelf | None = None

    def get(self, folder: DataFolder, as_of: date) -> Shelf:
        """The shelf of that day, read again only when the corpus or the day has moved on."""
        with self._lock:
            shelf = self._shelf
            if shelf is None or shelf.as_of != as_of or shelf.version != folder.policies.version():
                shelf = self._shelf = read_shelf(folder, as_of)
            return shelf
