"""Search 政策库 (published items, with facets) and 文件库 (documents) by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from matching.highlight import excerpt
from matching.openness import openness
from matching.ranking import MILLION, relevance_millionths
from matching.terms import search_terms
from policy_corpus.model import Document, PolicyItem
from service.store.data_folder import DataFolder
from service.store.policy_index import document_terms, documents_index
from service.store.shelf import Shelf

FACETS = ("level", "region", "kind", "open")


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
    terms = tuple(dict.fromkeys(search_terms(words)))
    chosen = {facet: value for facet, value in (chosen or {}).items() if facet in FACETS and value}
    scored = _scored(shelf, terms, bool(words.strip()))
    values = {item.id: _facet_values(item, shelf) for _, item in scored}
    facets = {
        facet: dict(
            Counter(
                value
                for _, item in scored
                if _fits(values[item.id], {key: want for key, want in chosen.items() if key != facet})
                for value in values[item.id][facet]
            ).most_common()
        )
        for facet in FACETS
    }
    fitting = [(score, item) for score, item in scored if _fits(values[item.id], chosen)]
    hits = tuple(
        ItemHit(score, item, shelf.documents[item.document_id], excerpt(_item_text(item), terms))
        for score, item in fitting[offset : offset + limit]
    )
    return ItemResults(words, terms, hits, len(fitting), facets)


def search_documents(folder: DataFolder, words: str, *, limit: int = 20) -> list[DocumentHit]:
    """Documents for the words, best first, whatever their validity."""
    return DocumentSearch(folder).search(words, limit=limit)


class DocumentSearch:
    """Search over documents with the index opened once, for many questions in one process."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._index = documents_index(folder)

    def search(self, words: str, *, limit: int = 20) -> list[DocumentHit]:
        """Documents for the words, best first."""
        terms = search_terms(words)
        found = []
        for document_id, score in self._index.top(document_terms(words), limit):
            document = self._folder.documents.get(document_id)
            found.append(DocumentHit(round(float(score), 6), document, excerpt(document.text, terms)))
        return found


def _scored(shelf: Shelf, terms: tuple[str, ...], with_words: bool) -> list[tuple[float, PolicyItem]]:
    day, text = shelf.day, shelf.day.catalogue.text
    listed = np.flatnonzero(day.listed)
    scores = relevance_millionths(text.scores_at(text.query(terms), listed)) / MILLION
    found = [
        (float(score), day.item(int(at)))
        for at, score in zip(listed, scores, strict=True)
        if score > 0 or not with_words
    ]
    return sorted(found, key=lambda pair: (-pair[0], pair[1].id))


def _facet_values(item: PolicyItem, shelf: Shelf) -> dict[str, tuple[str, ...]]:
    document = shelf.documents[item.document_id]
    return {
        "level": (document.level.value,) if document.level else (),
        "region": (document.region_code,) if document.region_code else (),
        "kind": tuple(dict.fromkeys(benefit.kind.value for benefit in item.benefits)),
        "open": (openness(item.window, shelf.as_of).value,),
    }


def _fits(values: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str]) -> bool:
    return all(want in values[facet] for facet, want in chosen.items())


def _item_text(item: PolicyItem) -> str:
    return " ".join(dict.fromkeys(span.quote for span in item.spans))
