"""Search 政策库 (published items, with facets) and 文件库 (documents) by words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from matching.highlight import excerpt
from matching.search.questions import LONGEST
from matching.terms import search_terms
from policy_corpus.model import Document, PolicyItem
from service.store.data_folder import DataFolder
from service.store.item_search import FACETS, item_search
from service.store.policy_index import documents_index
from service.store.shelf import Shelf

__all__ = [
    "FACETS",
    "DocumentHit",
    "DocumentSearch",
    "ItemHit",
    "ItemResults",
    "search_documents",
    "search_items",
]


@dataclass(frozen=True, slots=True)
class ItemHit:
    """A published item that answers the words. excerpt: the telling stretch of its text."""

    score: float
    item: PolicyItem
    document: Document
    excerpt: str


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that answers the words."""

    score: float
    document: Document
    excerpt: str


@dataclass(frozen=True, slots=True)
class ItemResults:
    """A page of hits. total: all that answer; facets: facet -> value -> how many hits have it."""

    words: str
    terms: tuple[str, ...]
    hits: tuple[ItemHit, ...]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def search_items(
    folder: DataFolder,
    shelf: Shelf,
    words: str,
    *,
    chosen: Mapping[str, str] | None = None,
    offset: int = 0,
    limit: int = 20,
) -> ItemResults:
    """Published items for the words, best first; without words all of them in the order of ids.

    chosen: facet -> value narrows the hits; a facet's counts are those under the other facets' choice.
    """
    narrowed = {facet: value for facet, value in (chosen or {}).items() if facet in FACETS and value}
    page = item_search(folder, shelf).page(words, narrowed, offset, limit)
    hits = tuple(
        ItemHit(score, item, shelf.documents[item.document_id], excerpt(_item_text(item), page.marks))
        for score, item in page.found
    )
    return ItemResults(words, page.marks, hits, page.total, page.facets)


def search_documents(
    folder: DataFolder, words: str, *, limit: int = 20, among: Callable[[str], bool] | None = None
) -> list[DocumentHit]:
    """Documents for the words, best first, whatever their validity. among: which ids may be shown, all if None."""
    return DocumentSearch(folder).search(words, limit=limit, among=among)


class DocumentSearch:
    """Search over documents with the index opened once, for many questions in one process."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._index = documents_index(folder)

    def search(
        self, words: str, *, limit: int = 20, among: Callable[[str], bool] | None = None
    ) -> list[DocumentHit]:
        """Documents for the words, best first; of a long question only the first 2,000 characters are read."""
        terms = search_terms(words[:LONGEST])
        ranked = self._index.rank(words, limit if among is None else len(self._index.ids))
        shown = (pair for pair in ranked if among is None or among(pair[0]))
        found = []
        for document_id, score in islice(shown, limit):
            document = self._folder.documents.get(document_id)
            found.append(DocumentHit(score, document, excerpt(document.text, terms)))
        return found


def _item_text(item: PolicyItem) -> str:
    return " ".join(dict.fromkeys(span.quote for span in item.spans))
