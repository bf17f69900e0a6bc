"""Find the items that a few words ask for, though they are typed wrong or say it another way.

The words are put right (`slips`) and taken apart (`asked`), and every item is scored by what it says of them
(`answering`). Entries are positions 0..n-1; the caller knows what stands there and narrows the hits (`facets`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching import array_files
from matching.search.answering import Answering
from matching.search.asked import meetings, read_parts, words_to_mark
from matching.search.field import Field
from matching.search.pairs import characters, pair_of, pairs, prepared
from matching.search.questions import without_asking
from matching.search.slips import SHORTEST, Lexicon, put_right
from matching.strings import StringTable
from matching.terms import cut, known_phrases

Scores = npt.NDArray[np.float64]
Entry = tuple[str, str, str]
"""Id, title, and the rest that it is found by."""

LONGEST = 300  # characters of a search that are looked at
K1, B = 1.2, 0.6


@dataclass(frozen=True)
class Found:
    """What answers some words. scores: of every position, 0-1, 0 for what is no hit; marks: words to mark."""

    scores: Scores
    marks: tuple[str, ...]


@dataclass(frozen=True)
class ItemIndex:
    """An index over items at positions. version: what the caller says it stands for."""

    ids: StringTable
    titles: Field
    texts: Field
    title_words: StringTable
    version: str = ""

    @classmethod
    def build(cls, entries: Iterable[Entry], version: str = "") -> Self:
        """Index items at the positions in which they come. Raises ValueError for an id twice."""
        listed = list(entries)
        titles = [prepared(title) for _, title, _ in listed]
        words = {word for title in titles for word in cut(title) if len(word) >= SHORTEST}
        return cls(
            StringTable.build([id_ for id_, _, _ in listed]),
            Field.build((pairs(characters(title)) for title in titles), np.uint32),
            Field.build((_text_pairs(title, text) for _, title, text in listed), np.uint32),
            StringTable.build(sorted(words)),
            version,
        )

    def followed_by(self, entries: Iterable[Entry], version: str = "") -> ItemIndex:
        """This index with further items at the positions behind. Raises ValueError for an id twice."""
        more = ItemIndex.build(entries)
        return ItemIndex(
            StringTable.build([*self.ids, *more.ids]),
            self.titles.followed_by(more.titles),
            self.texts.followed_by(more.texts),
            StringTable.build(sorted({*self.title_words, *more.title_words})),
            version,
        )

    @classmethod
    def open(cls, directory: Path, verify: bool = False) -> Self:
        """The index last saved in a folder, memory-mapped. Raises IndexNotBuilt: none there, or damaged."""
        stored = array_files.read_current(directory, verify=verify)
        return cls(
            StringTable.from_arrays(array_files.under(stored.arrays, "ids/")),
            Field.from_arrays(stored.arrays, "titles"),
            Field.from_arrays(stored.arrays, "texts"),
            StringTable.from_arrays(array_files.under(stored.arrays, "words/")),
            str(stored.details["version"]),
        )

    def save(self, directory: Path) -> None:
        """Write the index beside the present one and switch to it in one step; one writer at a time."""
        arrays: dict[str, npt.NDArray[Any]] = {
            **{f"ids/{name}": array for name, array in self.ids.to_arrays().items()},
            **self.titles.to_arrays("titles"),
            **self.texts.to_arrays("texts"),
            **{f"words/{name}": array for name, array in self.title_words.to_arrays().items()},
        }
        array_files.write_new(directory, arrays, {"version": self.version})

    def __len__(self) -> int:
        return len(self.texts)

    def find(self, words: str) -> Found:
        """What answers the words; only their first LONGEST characters are looked at."""
        asked = without_asking(prepared(words[:LONGEST]))
        text = put_right(asked, self._lexicon, self._is_known, meetings)
        marks = words_to_mark(text)
        return Found(Answering(self.titles, self.texts, self._flat).scores(read_parts(text)), marks)

    def _is_known(self, pair: str) -> bool:
        return self.texts.frequency(pair_of(pair)) > 0

    def _lexicon(self) -> Lexicon:
        return self._words

    @cached_property
    def _words(self) -> Lexicon:
        return Lexicon((*known_phrases(), *self.title_words))

    @cached_property
    def _flat(self) -> Scores:
        mean = float(np.sum(self.texts.lengths, dtype=np.int64)) / max(len(self), 1)
        return np.asarray(K1 * (1 - B + B * self.texts.lengths / max(mean, 1.0)), np.float64)


def _text_pairs(title: str, text: str) -> npt.NDArray[np.uint32]:
    return pairs(characters(prepared(f"{title}\n{text}")))
