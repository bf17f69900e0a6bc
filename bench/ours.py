"""Our side of the bench: the only module here that knows how our engine is called.

`Ours` has the methods of a peer (see `peers`); below it stand the pieces of work no peer does: building from raw text,
matching a company, all companies, the audience of an item, publishing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from bench.corpus import AS_OF, Policy
from bench.cosines import Answer
from bench.prepared import Part, Terms
from matching.array_files import write_new
from matching.audience import Audience, find_audience
from matching.batch import rank_all
from matching.catalogue.catalogue import Catalogue
from matching.catalogue.catalogue_files import read_catalogue, save_catalogue
from matching.catalogue.day import Day, Standing
from matching.columns.roster import Roster
from matching.kernels import switch
from matching.match import rank_items
from matching.model import Enterprise, Match
from matching.postings import Rows
from matching.processes import in_processes
from matching.profile_rows import ProfileRows
from matching.term_ids import TermIds
from matching.text_index import TextIndex
from policy_corpus.describing import describe
from policy_corpus.extraction import extract_items
from policy_corpus.model import ItemStatus, PolicyItem
from policy_corpus.reading.dispatch import read_document

PIECE = 1_000  # companies handed to a process at once


class Ours:
    """The text index. way: "compiled" (numba, as in a server) or "plain" (numpy, where no wheel exists)."""

    def __init__(self, way: switch.Way = "compiled") -> None:
        self.name, self.way = ("ours" if way == "compiled" else "ours-numpy"), way

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        with self._my_way():
            self.index = TextIndex.build(terms)

    def _my_way(self) -> AbstractContextManager[None]:
        """The compiled way is chosen once, as in a server, and costs a question nothing."""
        if self.way == "plain":
            return switch.force("plain")
        switch.expect_much()
        return nullcontext()

    def share(self, other: Ours) -> Ours:
        """Ask the other's index in this one's way."""
        self.index = other.index
        return self

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        with self._my_way():
            rows = self.index.column_rows([terms])
            places, scores = self.index.top_many(rows, None if part is None else [part.ranges], k)
        found = int(np.searchsorted(places[0] < 0, True))
        return places[0][:found], scores[0][:found]

    def store(self, lists: Sequence[Terms]) -> Rows:
        """Many questions as they are kept."""
        return self.index.column_rows(lists)

    def ask_stored(
        self, stored: Rows, k: int, threads: int = 1, own: Sequence[Part] | None = None
    ) -> list[Answer]:
        """own: the part of each company; without it all items."""
        with self._my_way():
            ranges = None if own is None else [part.ranges for part in own]
            return list(zip(*self.index.top_many(stored, ranges, k, threads=threads), strict=True))

    def put(self, terms: Terms) -> None:
        """One more item, not yet searched."""
        self.index.add([terms])

    def refresh(self) -> None:
        """Make what was put in searched, with exact weights."""
        with self._my_way():
            self.index.refresh()

    def add(self, terms: Terms, region: str) -> None:
        self.put(terms)
        self.refresh()


def build_from_texts(texts: Sequence[str], folder: Path) -> None:
    """From raw text to an index on disk."""
    switch.expect_much()
    numbers = TermIds()
    rows = numbers.rows_of(texts)
    index = TextIndex.build_from_ids(numbers.terms, rows.ids, rows.starts)
    write_new(folder, index.to_arrays(), index.details())


def make_catalogue(policies: Sequence[Policy], folder: Path) -> Day:
    """The items of policies compiled, kept on disk and opened again, on the day that is asked about."""
    switch.expect_much()
    titles = {policy.item.document_id: policy.title for policy in policies}
    catalogue = Catalogue.build(1, [policy.item for policy in policies], titles.__getitem__)
    return day_of(save_catalogue(folder, catalogue))


def day_of(catalogue: Catalogue) -> Day:
    """The day that is asked about, all documents in force."""
    return Day.of(catalogue, AS_OF, {id_: Standing(listed=True) for id_ in catalogue.document_ids()})


def match_company(day: Day, enterprise: Enterprise, top: int) -> tuple[Match, ...]:
    """One company's list, with the findings of the first `top`."""
    return rank_items(enterprise, day).matches(top)


def rank_companies(day: Day, enterprises: Iterable[Enterprise], top: int) -> Iterator[int]:
    """Every company's first items, with eligibility, score and order; how many each has."""
    for _, order in rank_all(enterprises, day, top=top):
        yield len(order)


def rank_in_processes(
    folder: Path, enterprises: Sequence[Enterprise], top: int, processes: int
) -> Iterator[int]:
    """The same in so many processes, over the catalogue kept in the folder."""
    pieces = (enterprises[at : at + PIECE] for at in range(0, len(enterprises), PIECE))
    with in_processes(processes) as run:
        for _, counts in run(partial(_rank_piece, str(folder), top), pieces):
            yield from counts


def _rank_piece(folder: str, top: int, enterprises: Sequence[Enterprise]) -> list[int]:
    return list(rank_companies(_day_in(folder), enterprises, top))


@cache
def _day_in(folder: str) -> Day:
    switch.expect_much()
    return day_of(read_catalogue(Path(folder)))


@dataclass(frozen=True)
class Companies:
    """All companies as columns, ready to be asked whom an item fits."""

    roster: Roster
    profiles: ProfileRows


def make_companies(enterprises: Iterable[Enterprise]) -> Companies:
    """Compile the facts and profiles of companies."""
    listed = list(enterprises)
    return Companies(Roster.of(listed), ProfileRows.of(listed))


def publish_file(day: Day, companies: Companies, data: bytes, name: str) -> list[Audience]:
    """From the bytes of a policy file to the companies that each of its items fits."""
    document = describe(read_document(data, name), hashlib.sha256(data).hexdigest(), name)
    items = [replace(item, status=ItemStatus.PUBLISHED) for item in extract_items(document)]
    catalogue = day.catalogue.with_changes(day.catalogue.version + 1, items, lambda _: document.title)
    return [audience_of(day_of(catalogue), companies, item) for item in items]


def audience_of(day: Day, companies: Companies, item: PolicyItem) -> Audience:
    """Whom an item fits."""
    return find_audience(item, companies.roster, companies.profiles, day)
