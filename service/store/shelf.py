"""The published items of one day with their documents, ready to be matched and kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt

from matching.asked_facts import AskedFacts
from matching.catalogue.day import Day, Standing
from matching.kernels.switch import expect_much
from policy_corpus.additions import NOTHING, current
from policy_corpus.model import Document, ItemStatus, Level, PolicyItem, Validity
from service.store.data_folder import DataFolder
from service.store.policy_index import fresh_catalogue

_LISTED = (Validity.IN_FORCE, Validity.NOT_YET)
LARGE = 20_000  # items from which a server's lists are faster in compiled loops, which take seconds to load
LEVELS = tuple(Level)
NO_LEVEL = len(LEVELS)


@dataclass(frozen=True, eq=False)
class Shelf:
    """What can be matched on a day: published items of documents in force or soon in force.

    Compared by identity, so that what is worked out for a shelf can be kept with it.
    documents: without text, by id, all of them; validities: of every document on that day.
    """

    version: int
    day: Day
    documents: dict[str, Document]
    validities: dict[str, Validity]

    @property
    def as_of(self) -> date:
        """The day."""
        return self.day.as_of

    @property
    def size(self) -> int:
        """How many items are listed."""
        return int(np.count_nonzero(self.day.listed))

    def find_item(self, item_id: str) -> PolicyItem | None:
        """The item as it stands on the day, None where it is not listed."""
        at = self.day.catalogue.find(item_id)
        return self.day.item(at) if at is not None and self.day.listed[at] else None

    def day_with(self, item: PolicyItem) -> Day:
        """The day as it would be if the item were published and its document known; the day itself where it is."""
        if self.day.catalogue.find(item.id) is not None:
            return self.day
        published = replace(item, status=ItemStatus.PUBLISHED)
        held = self.day.catalogue
        catalogue = held.with_changes(held.version, [published], lambda id_: self.documents[id_].title)
        return Day.of(catalogue, self.as_of, self.day.standings)

    def items(self) -> Iterator[PolicyItem]:
        """All items that are listed, as they stand on the day."""
        return (self.day.item(int(at)) for at in np.flatnonzero(self.day.listed))

    @cached_property
    def asked(self) -> AskedFacts:
        """Which facts of a company the items ask for."""
        return AskedFacts.of(self.day.catalogue)

    @cached_property
    def weights(self) -> dict[str, int]:
        """How many of the listed items ask for each fact, the most first."""
        return self.asked.counts(self.day.listed)

    @cached_property
    def levels(self) -> npt.NDArray[np.int8]:
        """The level of each position's document: place in LEVELS, NO_LEVEL where it is unknown."""
        catalogue = self.day.catalogue
        known = (self.documents.get(id_) for id_ in catalogue.document_ids())
        levels = [document.level if document else None for document in known]
        codes = [NO_LEVEL if level is None else LEVELS.index(level) for level in levels]
        found: npt.NDArray[np.int8] = np.array(codes, np.int8)[catalogue.column("documents")]
        return found


def read_shelf(folder: DataFolder, as_of: date) -> Shelf:
    """Read the shelf of one day from the libraries."""
    version = folder.policies.version()
    documents = {document.id: document for document in folder.documents.all()}
    validities = folder.documents.validities(as_of)
    standings = {id_: _standing(documents[id_], validity) for id_, validity in validities.items()}
    return Shelf(version, Day.of(fresh_catalogue(folder), as_of, standings), documents, validities)


def _standing(document: Document, validity: Validity) -> Standing:
    early = validity is Validity.NOT_YET
    return Standing(validity in _LISTED, document.effective_from if early else None)


class ShelfKeeper:
    """Keeps the last shelf read, for a process that answers many requests; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf: Shelf | None = None
        self._additions = NOTHING

    def get(self, folder: DataFolder, as_of: date) -> Shelf:
        """The shelf of that day, read again only when the corpus, the day or the dictionaries have moved on."""
        with self._lock:
            shelf = self._shelf
            if (
                shelf is None
                or shelf.as_of != as_of
                or shelf.version != folder.policies.version()
                or self._additions != current()
            ):
                shelf, self._additions = read_shelf(folder, as_of), current()
                self._shelf = shelf
                if shelf.day.catalogue.size >= LARGE:
                    expect_much()
            return shelf
