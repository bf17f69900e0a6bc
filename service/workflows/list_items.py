"""List 政策库 for administrators: every item with where it stands on a day, narrowed by anything an official asks by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from matching.model import Openness
from matching.openness import openness
from policy_corpus.codes.regions import contains
from policy_corpus.model import Document, PolicyItem, Validity
from service.store.data_folder import DataFolder
from service.store.item_list import ItemFilter, ItemList, those
from service.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """What narrows the list: what the database knows, and what depends on the day or on the table of regions."""

    stored: ItemFilter = field(default_factory=ItemFilter)
    region: str = ""
    validity: Validity | None = None
    open: Openness | None = None


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of the list. edited: a person has changed what was read."""

    item: PolicyItem
    document: Document
    validity: Validity
    open: Openness
    edited: bool


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A part of the list, and how many items there are in all."""

    items: tuple[ListedItem, ...]
    total: int


def list_library(
    folder: DataFolder, shelf: Shelf, wanted: LibraryFilter, *, offset: int = 0, limit: int = 50
) -> LibraryPage:
    """A page of the items wanted, those loaded last first."""
    table, narrowed = ItemList(folder.db), _narrowed(shelf, wanted)
    if wanted.open is None:
        ids = table.ids(narrowed, limit=limit, offset=offset)
        return LibraryPage(tuple(_listed(folder, shelf, ids)), table.count(narrowed))
    open_ids = those(table.windows(narrowed), lambda one: openness(one.window, shelf.as_of) is wanted.open)
    return LibraryPage(tuple(_listed(folder, shelf, open_ids[offset : offset + limit])), len(open_ids))


def each_in_library(folder: DataFolder, shelf: Shelf, wanted: LibraryFilter) -> Iterator[ListedItem]:
    """All items wanted, for an export."""
    table, narrowed = ItemList(folder.db), _narrowed(shelf, wanted)
    ids = table.ids(narrowed)
    if wanted.open is not None:
        ids = those(table.windows(narrowed), lambda one: openness(one.window, shelf.as_of) is wanted.open)
    yield from _listed(folder, shelf, ids)


def _narrowed(shelf: Shelf, wanted: LibraryFilter) -> ItemFilter:
    """The region and the standing of documents as a list of documents."""
    if not wanted.region and wanted.validity is None:
        return wanted.stored
    documents = frozenset(
        id_
        for id_, document in shelf.documents.items()
        if (not wanted.region or _lies_in(document, wanted.region))
        and (wanted.validity is None or shelf.validities[id_] is wanted.validity)
    )
    return replace(wanted.stored, documents=documents)


def _lies_in(document: Document, region: str) -> bool:
    return document.region_code is not None and contains(region, document.region_code)


def _listed(folder: DataFolder, shelf: Shelf, ids: list[str]) -> Iterator[ListedItem]:
    table = ItemList(folder.db)
    edited = table.edited_by_hand(ids)
    for item in table.read(ids):
        document = shelf.documents.get(item.document_id) or folder.documents.get(item.document_id)
        validity = shelf.validities.get(item.document_id, Validity.IN_FORCE)
        yield ListedItem(item, document, validity, openness(item.window, shelf.as_of), item.id in edited)
