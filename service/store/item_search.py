"""The search over the items of one shelf: the index, and what stands at each of its positions as codes.

Worked out once for a shelf and kept as long as it is in use; `workflows.search_policies` asks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from matching.catalogue.day import OPENNESS, Day
from matching.search.facets import NO_SUCH, UNKNOWN, FacetCodes, Narrowed, narrow
from matching.search.items import ItemIndex
from policy_corpus.model import BenefitKind, PolicyItem
from service.store.data_folder import DataFolder
from service.store.policy_index import item_id_of, item_search_index
from service.store.shelf import LEVELS, NO_LEVEL, Shelf

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
    """An index with the codes of its positions. values: facet -> the value of each code.

    positions: where in the day's catalogue the item of each position stands, -1 for one that is gone.
    """

    index: ItemIndex
    day: Day
    positions: npt.NDArray[np.int64]
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
                (0.0 if scores is None else float(scores[at]), self.day.item(int(self.positions[at])))
                for at in left.positions
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
            index = item_search_index(folder)
            _KEPT[shelf] = _over(shelf, index, set(folder.policies.published_states()))
        return _KEPT[shelf]


def _over(shelf: Shelf, index: ItemIndex, states: set[str]) -> ItemSearch:
    """The search of a shelf. states: of all published items; an entry of the index of no such state is of the past."""
    catalogue = shelf.day.catalogue
    entries = list(index.ids)
    positions = catalogue.find_many([item_id_of(state) for state in entries])
    positions[np.array([state not in states for state in entries], bool)] = -1
    if not catalogue.size:  # nothing is published any more
        index, positions = ItemIndex.build(()), positions[:0]
    regions = sorted({code for document in shelf.documents.values() if (code := document.region_code)})
    values: dict[str, Sequence[str]] = {
        "level": LEVELS, "region": regions, "kind": list(BenefitKind), "open": OPENNESS
    }  # fmt: skip
    return ItemSearch(index, shelf.day, positions, _codes(shelf, positions, regions), values)


def _codes(shelf: Shelf, positions: npt.NDArray[np.int64], regions: Sequence[str]) -> FacetCodes:
    """The codes of the index's positions; those that stand for no item of the shelf are not listed."""
    day, catalogue = shelf.day, shelf.day.catalogue
    numbers = {code: at for at, code in enumerate(regions)}
    known = (shelf.documents.get(id_) for id_ in catalogue.document_ids())
    region_of = np.array(
        [numbers.get((document and document.region_code) or "", UNKNOWN) for document in known], np.int32
    )
    level = np.where(shelf.levels == NO_LEVEL, UNKNOWN, shelf.levels).astype(np.int8)
    return FacetCodes(
        level=level[positions],
        region=region_of[catalogue.column("documents")][positions],
        kind=catalogue.column("kinds")[positions],
        open=day.state[positions],
        listed=day.listed[positions] & (positions >= 0),
        order=catalogue.id_ranks[positions],
    )
