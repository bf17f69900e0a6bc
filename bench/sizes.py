"""The sizes the bench runs at, and what a run was told on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.corpus_places import CITY, NATION, PROVINCE
from bench.prepared import Prepared, Terms, prepare, profiles, short_questions
from bench.results import Results

TOP = 20
STEPS = 4  # sizes at which growth is measured: an eighth, a quarter, a half and the whole


@dataclass(frozen=True, slots=True)
class Size:
    """How many items and companies, and of which place."""

    name: str
    items: int
    enterprises: int
    root: str


SIZES = {
    size.name: size
    for size in (
        Size("smoke", 2_000, 300, PROVINCE),
        Size("city", 10_000, 100_000, CITY),
        Size("province", 100_000, 100_000, PROVINCE),
        Size("nation", 500_000, 100_000, NATION),
    )
}


@dataclass
class Run:
    """One run of the command: the size, the protocol's figures, where the results go. seconds: a block's budget."""

    size: Size
    results: Results
    plot: Path | None
    block: int
    rounds: int
    seconds: float

    @cached_property
    def prepared(self) -> Prepared:
        """The policies as term lists, cut once for all steps."""
        self.results.tell(f"drawing and cutting {self.size.items:,} items …")
        return prepare(self.size.items, self.size.root)

    @cached_property
    def questions(self) -> list[Terms]:
        """Profiles of 150 terms, enough for every round."""
        return profiles(self.block * self.rounds)

    @cached_property
    def short(self) -> list[Terms]:
        """Questions of three terms."""
        return short_questions(self.questions)

    def growing(self) -> list[int]:
        """The numbers of items at which growth is measured."""
        return [max(self.size.items >> step, 1) for step in reversed(range(STEPS))]
