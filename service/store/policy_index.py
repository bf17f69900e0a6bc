"""Keep the built indexes fresh: the one over published items, the one over documents.

An index carries the corpus version it was built for. Whoever needs one asks here and gets a fresh one,
rebuilt if the corpus has moved on or the files are damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.catalogue_files import read_catalogue, save_catalogue
from matching.errors import IndexNotBuilt
from matching.index import PolicyIndex
from matching.terms import bigrams, search_terms
from policy_corpus.model import ItemStatus
from service.store.data_folder import DataFolder

Entries = Iterable[tuple[str, list[str]]]


def fresh_catalogue(folder: DataFolder) -> Catalogue:
    """The catalogue of published items, brought up to date by what has changed since it was last saved."""
    directory, version = folder.index_path / "items", folder.policies.version()
    try:
        held = read_catalogue(directory)
    except IndexNotBuilt:
        return rebuild_catalogue(folder)
    if held.version == version:
        return held
    changed = folder.policies.changed_since(held.version)
    if held.version > version or held.would_outgrow(len(changed)):
        return rebuild_catalogue(folder)
    return save_catalogue(directory, held.with_changes(version, changed, _titles(folder)))


def rebuild_catalogue(folder: DataFolder) -> Catalogue:
    """Build the catalogue anew whatever its state."""
    version = folder.policies.version()
    items = folder.policies.items(status=ItemStatus.PUBLISHED)
    catalogue = Catalogue.build(version, items, _titles(folder))
    return save_catalogue(folder.index_path / "items", catalogue)


def documents_index(folder: DataFolder) -> PolicyIndex:
    """The index over all documents, fresh."""
    return _fresh(folder, folder.index_path / "documents", lambda: _document_entries(folder))


def rebuild_indexes(folder: DataFolder) -> dict[str, int]:
    """Build both indexes anew whatever their state; returns how many entries each holds."""
    return {
        "items": rebuild_catalogue(folder).size,
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


def _titles(folder: DataFolder) -> Callable[[str], str]:
    titles = {document.id: document.title for document in folder.documents.all()}
    return lambda document_id: titles.get(document_id, "")


def _document_entries(folder: DataFolder) -> Entries:
    for document in folder.documents.all(with_text=True):
        yield document.id, document_terms(f"{document.title}\n{document.title}\n{document.text}")


def document_terms(text: str) -> list[str]:
    """What a document, or a question to documents, is compared by: words with synonyms, and pairs of characters."""
    return [*search_terms(text), *bigrams(text)]
