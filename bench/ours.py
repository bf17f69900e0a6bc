"""Our side of the bench: the only module here that knows how our engine is called.

`Ours` has the methods of a peer (see `peers`); below it stand the pieces of work no peer does: building from raw text,
matching a company, all companies, the audience of an item, publishing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bench.corpus import AS_OF, Policy
from bench.cosines import Answer
from bench.prepared import Part, Terms
from matching.array_files import write_new
from matching.batch import match_all
from matching.index import PolicyIndex
from matching.kernels import switch
from matching.match import Audience, audience, match_enterprise
from matching.model import Enterprise, Match
from matching.postings import Rows
from matching.profile import item_terms
from matching.term_ids import TermIds
from matching.text_index import TextIndex
from policy_corpus.describing import describe
from policy_corpus.extraction import extract_items
from policy_corpus.model import PolicyItem
from policy_corpus.reading.dispatch import read_document


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


@dataclass(frozen=True)
class Catalogue:
    """The published items, ready to be matched."""

    items: tuple[PolicyItem, ...]
    index: PolicyIndex
    as_of: date = AS_OF


def make_catalogue(policies: Sequence[Policy]) -> Catalogue:
    """Compile the items of policies, in the order of a catalogue."""
    terms = [item_terms(policy.item, policy.title) for policy in policies]
    items = tuple(policy.item for policy in policies)
    return Catalogue(items, PolicyIndex.build([item.id for item in items], terms))


def match_company(catalogue: Catalogue, enterprise: Enterprise, top: int) -> tuple[Match, ...]:
    """One company's list, with the findings of the first `top`."""
    return match_enterprise(enterprise, catalogue.items, catalogue.index, catalogue.as_of, top=top)


def match_companies(
    catalogue: Catalogue, enterprises: Iterable[Enterprise], top: int, processes: int
) -> Iterator[tuple[Enterprise, tuple[Match, ...]]]:
    """Every company's list, with eligibility. processes: how many may work at once."""
    return match_all(enterprises, catalogue.items, catalogue.index, catalogue.as_of, top=top)


@dataclass(frozen=True)
class Companies:
    """All companies, ready to be asked whom an item fits."""

    enterprises: tuple[Enterprise, ...]


def make_companies(enterprises: Iterable[Enterprise]) -> Companies:
    """Compile the facts and profiles of companies."""
    return Companies(tuple(enterprises))


def publish_file(catalogue: Catalogue, companies: Companies, data: bytes, name: str) -> list[Audience]:
    """From the bytes of a policy file to the companies that each of its items fits."""
    document = describe(read_document(data, name), hashlib.sha256(data).hexdigest(), name)
    return [audience_of(catalogue, companies, item) for item in extract_items(document)]


def audience_of(catalogue: Catalogue, companies: Companies, item: PolicyItem) -> Audience:
    """Whom an item fits."""
    return audience(item, companies.enterprises, catalogue.index, catalogue.as_of)
