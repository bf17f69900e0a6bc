"""Keep the built indexes fresh: over published items by words and for search, and over documents for search.

An index carries what it was built for. Whoever needs one asks here and gets a fresh one, rebuilt if the
corpus has moved on or the files are damaged; documents are only ever added, so their index only grows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from matching.errors import IndexNotBuilt
from matching.index import PolicyIndex
from matching.profile import item_terms, item_text
from matching.search.documents import DocumentIndex
from matching.search.items import ItemIndex
from policy_corpus.model import ItemStatus
from service.store.data_folder import DataFolder

ITEMS, SEARCH, DOCUMENTS = "items", "search", "documents"


def items_index(folder: DataFolder) -> PolicyIndex:
    """The index over published items by which relevance is computed, fresh."""
    version = str(folder.policies.version())
    try:
        index = PolicyIndex.open(folder.index_path / ITEMS)
    except IndexNotBuilt:
        return _build_items(folder)
    return index if index.corpus_version == version else _build_items(folder)


def item_search_index(folder: DataFolder) -> ItemIndex:
    """The index over published items that is searched, fresh."""
    version = str(folder.policies.version())
    try:
        index = ItemIndex.open(folder.index_path / SEARCH)
    except IndexNotBuilt:
        return _build_search(folder)
    return index if index.version == version else _build_search(folder)


def documents_index(folder: DataFolder) -> DocumentIndex:
    """The index over all documents that is searched, fresh; what it lacks is added to it."""
    path, ids = folder.index_path / DOCUMENTS, folder.documents.ids()
    try:
        index = DocumentIndex.open(path)
    except IndexNotBuilt:
        return _build_documents(folder)
    if index.version == version_of(ids):
        return index
    known = set(index.ids)
    if not known < set(ids):
        return _build_documents(folder)
    new = (folder.documents.get(id_) for id_ in ids if id_ not in known)
    grown = index.followed_by(((one.id, one.title, one.text) for one in new), version_of(ids))
    grown.save(path)
    return DocumentIndex.open(path)


def version_of(document_ids: list[str]) -> str:
    """What an index over documents stands for: they never change, so their ids say it all."""
    return hashlib.sha256("\n".join(sorted(document_ids)).encode()).hexdigest()


def rebuild_indexes(folder: DataFolder) -> dict[str, int]:
    """Build all indexes anew whatever their state; returns how many entries there are of either kind."""
    _build_search(folder)
    return {"items": len(_build_items(folder).ids), "documents": len(_build_documents(folder).ids)}


def _build_items(folder: DataFolder) -> PolicyIndex:
    version, ids, terms = str(folder.policies.version()), [], []
    titles = _titles(folder)
    for item in folder.policies.items(status=ItemStatus.PUBLISHED):
        ids.append(item.id)
        terms.append(item_terms(item, titles.get(item.document_id, "")))
    path = folder.index_path / ITEMS
    PolicyIndex.build(ids, terms, corpus_version=version).save(path)
    return PolicyIndex.open(path)


def _build_search(folder: DataFolder) -> ItemIndex:
    version, path = str(folder.policies.version()), folder.index_path / SEARCH
    ItemIndex.build(_item_entries(folder), version).save(path)
    return ItemIndex.open(path)


def _build_documents(folder: DataFolder) -> DocumentIndex:
    path, version = folder.index_path / DOCUMENTS, version_of(folder.documents.ids())
    entries = ((one.id, one.title, one.text) for one in folder.documents.all(with_text=True))
    DocumentIndex.build(entries, version).save(path)
    return DocumentIndex.open(path)


def _item_entries(folder: DataFolder) -> Iterator[tuple[str, str, str]]:
    titles = _titles(folder)
    for item in folder.policies.items(status=ItemStatus.PUBLISHED):
        yield item.id, item.title, item_text(item, titles.get(item.document_id, ""))


def _titles(folder: DataFolder) -> dict[str, str]:
    return {document.id: document.title for document in folder.documents.all()}
