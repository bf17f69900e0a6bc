"""The search over the items of one shelf: the index, and what stands at each of its positions as codes.

Worked out once for a shelf and kept as long as it is in use; `workflows.search_policies` asks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from matching.model import Openness
from matching.openness import openness
from matching.search.facets import NO_SUCH, UNKNOWN, FacetCodes, Narrowed, narrow
from matching.search.items import ItemIndex
from policy_corpus.model import BenefitKind, Level, PolicyItem
from service.store.data_folder import DataFolder
from service.store.policy_index import item_search_index
from service.store.shelf import Shelf

FACETS = ("level", "region", "kind", "open")
_KEPT: WeakKeyDictionary[Shelf, ItemSearch] = WeakKeyDictionary()
_LOCK = Lock()


@dataclass(frozen=True)
class Page:
    """A page of hits. found: (score, item), best first; marks: the words to mark in them; total: of all pages.

    facets: facet -> value -> how many hits have it.
    """

    found: tuple[tuple[float, PolicyItem], ...]
    marks: tuple[str, ...]
    total: int
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True)
class ItemSearch:
    """An index with the codes of its positions. values: facet -> the value of each code."""

    index: ItemIndex
    items: Mapping[int, PolicyItem]
    codes: FacetCodes
    values: Mapping[str, Sequence[str]]

    def page(self, words: str, chosen: Mapping[str, str], offset: int, limit: int) -> Page:
        """The hits for the words, best first, that have the chosen values; without words all, by id."""
        answer = self.index.find(words) if words.strip() else None
        codes = {facet: self._code(facet, value) for facet, value in chosen.items()}
        scores = None if answer is None else answer.scores
        left = narrow(scores, self.codes, codes, FACETS, offset, limit)
        return Page(
            tuple(
                (0.0 if scores is None else float(scores[at]), self.items[int(at)]) for at in left.positions
            ),
            () if answer is None else answer.marks,
            left.total,
            self._named(left),
        )

    def _code(self, facet: str, value: str) -> int:
        values = self.values[facet]
        return values.index(value) if value in values else NO_SUCH

    def _named(self, left: Narrowed) -> dict[str, dict[str, int]]:
        return {
            facet: {self.values[facet][code]: count for code, count in counts.items()}
            for facet, counts in left.counts.items()
        }


def item_search(folder: DataFolder, shelf: Shelf) -> ItemSearch:
    """The search over the items of a shelf; safe between threads."""
    with _LOCK:
        if shelf not in _KEPT:
            _KEPT[shelf] = _over(shelf, item_search_index(folder))
        return _KEPT[shelf]


def _over(shelf: Shelf, index: ItemIndex) -> ItemSearch:
    places = {id_: at for at, id_ in enumerate(index.ids)}
    items = {places[item.id]: item for item in shelf.items if item.id in places}
    regions = sorted({code for document in shelf.documents.values() if (code := document.region_code)})
    values: dict[str, Sequence[str]] = {
        "level": list(Level), "region": regions, "kind": list(BenefitKind), "open": list(Openness)
    }  # fmt: skip
    return ItemSearch(index, items, _codes(shelf, items, len(index), values), values)


def _codes(
    shelf: Shelf, items: Mapping[int, PolicyItem], size: int, values: Mapping[str, Sequence[str]]
) -> FacetCodes:
    code_of = {facet: {value: code for code, value in enumerate(listed)} for facet, listed in values.items()}
    level, region = np.full(size, UNKNOWN, np.int8), np.full(size, UNKNOWN, np.int32)
    kind, open_ = np.zeros(size, np.uint16), np.full(size, UNKNOWN, np.int8)
    order, listed = np.zeros(size, np.int64), np.zeros(size, bool)
    for rank, (at, item) in enumerate(sorted(items.items(), key=lambda pair: pair[1].id)):
        document = shelf.documents[item.document_id]
        level[at] = code_of["level"].get(document.level or "", UNKNOWN)
        region[at] = code_of["region"].get(document.region_code or "", UNKNOWN)
        kind[at] = sum(1 << bit for bit in {code_of["kind"][benefit.kind] for benefit in item.benefits})
        open_[at] = code_of["open"][openness(item.window, shelf.as_of)]
        order[at], listed[at] = rank, True
    return FacetCodes(level, region, kind, open_, listed, order)
