"""Keep the built indexes fresh: the one over published items, the one over documents.

An index carries the corpus version it was built for. Whoever needs one asks here and gets a fresh one,
rebuilt if the corpus has moved on or the files are damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from matching.errors import IndexNotBuilt
from matching.index import PolicyIndex
from matching.profile import item_terms
from matching.terms import bigrams, search_terms
from policy_corpus.model import ItemStatus
from service.store.data_folder import DataFolder

Entries = Iterable[tuple[str, list[str]]]


def items_index(folder: DataFolder) -> PolicyIndex:
    """The index over published items, fresh."""
    return _fresh(folder, folder.index_path / "items", lambda: _item_entries(folder))


def documents_index(folder: DataFolder) -> PolicyIndex:
    """The index over all documents, fresh."""
    return _fresh(folder, folder.index_path / "documents", lambda: _document_entries(folder))


def rebuild_indexes(folder: DataFolder) -> dict[str, int]:
    """Build both indexes anew whatever their state; returns how many entries each holds."""
    return {
        "items": len(_build(folder, folder.index_path / "items", _item_entries(folder)).ids),
        "documents": len(_build(folder, folder.index_path / "documents", _document_entries(folder)).ids),
    }


def _fresh(folder: DataFolder, path: Path, entries: Callable[[], Entries]) -> PolicyIndex:
    try:
        index = PolicyIndex.open(path)
        if index.corpus_version == str(folder.policies.version()):
            return index
    except IndexNotBuilt:
        return _build(folder, path, entries())
    return _build(folder, path, entries())


def _build(folder: DataFolder, path: Path, entries: Entries) -> PolicyIndex:
    version = str(folder.policies.version())
    ids, terms = [], []
    for entry_id, entry_terms in entries:
        ids.append(entry_id)
        terms.append(entry_terms)
    PolicyIndex.build(ids, terms, corpus_version=version).save(path)
    return PolicyIndex.open(path)


def _item_entries(folder: DataFolder) -> Entries:
    titles = {document.id: document.title for document in folder.documents.all()}
    for item in folder.policies.items(status=ItemStatus.PUBLISHED):
        yield item.id, item_terms(item, titles.get(item.document_id, ""))


def _document_entries(folder: DataFolder) -> Entries:
    for document in folder.documents.all(with_text=True):
        yield document.id, document_terms(f"{document.title}\n{document.title}\n{document.text}")


def document_terms(text: str) -> list[str]:
    """What a document, or a question to documents, is compared by: words with synonyms, and pairs of characters."""
    return [*search_terms(text), *bigrams(text)]
