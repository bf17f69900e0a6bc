"""Keep the built indexes fresh: over published items by words and for search, and over documents for search.

An index carries what it was built for. Whoever needs one asks here and gets a fresh one. An index that is
searched grows by what is new and is built anew if much is gone or the files are damaged. A document never
changes, so its id says it all; an item can be edited, so the index over items knows each by its state
(`PolicyLibrary.published_states`), and an edited one is a new entry beside an old one that stands for nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.catalogue_files import read_catalogue, save_catalogue
from matching.errors import IndexNotBuilt
from matching.profile import item_text
from matching.search.documents import DocumentIndex
from matching.search.items import ItemIndex
from policy_corpus.additions import current
from policy_corpus.model import Document, ItemStatus, PolicyItem
from service.store.data_folder import DataFolder

ITEMS, SEARCH, DOCUMENTS = "items", "search", "documents"
Entry = tuple[str, str, str]
_Index = TypeVar("_Index", ItemIndex, DocumentIndex)
_Thing = TypeVar("_Thing", PolicyItem, Document)
_Entries = Callable[[list[str]], Iterator[Entry]]
_FEW = 500  # things that are read one by one
_GONE, _FEW_GONE = 0.01, 50  # entries that may stay in an index although they are gone


def fresh_catalogue(folder: DataFolder) -> Catalogue:
    """The catalogue of published items, brought up to date by what has changed since it was last saved."""
    directory, version = folder.index_path / ITEMS, folder.policies.version()
    try:
        held = read_catalogue(directory)
    except IndexNotBuilt:
        return rebuild_catalogue(folder)
    if held.version == version:
        return held
    changed = folder.policies.changed_since(held.version)
    if held.version > version or len(changed) > max(held.size, 1):
        return rebuild_catalogue(folder)
    return save_catalogue(directory, held.with_changes(version, changed, _title_of(folder)))


def rebuild_catalogue(folder: DataFolder) -> Catalogue:
    """Build the catalogue anew whatever its state."""
    version = folder.policies.version()
    items = folder.policies.each(status=ItemStatus.PUBLISHED)
    catalogue = Catalogue.build(version, items, _title_of(folder))
    return save_catalogue(folder.index_path / ITEMS, catalogue)


def item_search_index(folder: DataFolder) -> ItemIndex:
    """The index over published items that is searched, fresh; its ids are their states."""
    return _fresh(
        ItemIndex, folder.index_path / SEARCH, folder.policies.published_states(), partial(_items, folder)
    )


def item_id_of(state: str) -> str:
    """The id of the item whose state this is."""
    return state.rpartition("@")[0]


def documents_index(folder: DataFolder) -> DocumentIndex:
    """The index over all documents that is searched, fresh."""
    return _fresh(
        DocumentIndex, folder.index_path / DOCUMENTS, folder.documents.ids(), partial(_documents, folder)
    )


def version_of(ids: Iterable[str]) -> str:
    """What an index that is searched stands for: all ids of documents, or all states of items, and the words added."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest() + _words_added()


def _words_added() -> str:
    added = current().fingerprint("terms")
    return f"+{added}" if added else ""


def rebuild_indexes(folder: DataFolder) -> dict[str, int]:
    """Build all indexes anew whatever their state; returns how many entries there are of either kind."""
    documents, items = folder.documents.ids(), folder.policies.published_states()
    _build(ItemIndex, folder.index_path / SEARCH, items, partial(_items, folder))
    _build(DocumentIndex, folder.index_path / DOCUMENTS, documents, partial(_documents, folder))
    return {"items": rebuild_catalogue(folder).size, "documents": len(documents)}


def _fresh(kind: type[_Index], path: Path, ids: list[str], entries: _Entries) -> _Index:
    """The index over these ids: as it is, grown by what it lacks, or built anew if it holds much that is gone.

    What is gone is left out by whoever asks: a shelf lists only what is published.
    """
    try:
        index = kind.open(path)
    except IndexNotBuilt:
        return _build(kind, path, ids, entries)
    if index.version == version_of(ids):
        return index
    if index.version.partition("+")[2] != _words_added().removeprefix("+"):  # cut into other words
        return _build(kind, path, ids, entries)
    known = set(index.ids)
    new = [id_ for id_ in ids if id_ not in known]
    gone = len(known) + len(new) - len(ids)
    if gone > max(_GONE * len(known), _FEW_GONE):
        return _build(kind, path, ids, entries)
    if not new:
        return index
    index.followed_by(entries(new), version_of(ids)).save(path)
    return kind.open(path)


def _build(kind: type[_Index], path: Path, ids: list[str], entries: _Entries) -> _Index:
    kind.build(entries(ids), version_of(ids)).save(path)
    return kind.open(path)


def _items(folder: DataFolder, states: list[str]) -> Iterator[Entry]:
    titles = _titles(folder)
    state_of = {item_id_of(state): state for state in states}
    ids = list(state_of)
    for item in _read(ids, folder.policies.get, lambda: folder.policies.items(status=ItemStatus.PUBLISHED)):
        yield state_of[item.id], item.title, item_text(item, titles.get(item.document_id, ""))


def _documents(folder: DataFolder, ids: list[str]) -> Iterator[Entry]:
    for document in _read(ids, folder.documents.get, lambda: folder.documents.all(with_text=True)):
        yield document.id, document.title, document.text


def _read(
    ids: list[str], get: Callable[[str], _Thing], everything: Callable[[], Iterable[_Thing]]
) -> Iterable[_Thing]:
    """What the ids name, in their order; many are read at one go."""
    if len(ids) <= _FEW:
        return map(get, ids)
    wanted = set(ids)
    return (thing for thing in everything() if thing.id in wanted)


def _titles(folder: DataFolder) -> dict[str, str]:
    return {document.id: document.title for document in folder.documents.all()}


def _title_of(folder: DataFolder) -> Callable[[str], str]:
    titles = _titles(folder)
    return lambda document_id: titles.get(document_id, "")
