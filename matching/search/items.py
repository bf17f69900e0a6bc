"""Find the items that a few words ask for, though they are typed wrong or say it another way.

An item answers if it says enough of what is asked: the parts of the words (`asked`), each counted by how
telling it is, must come to a share of what the best item says, so that an item which only shares a common
pair of characters is no hit. Those whose title says all of it come first. Entries are positions 0..n-1; the
caller knows what stands there and narrows the hits (`facets`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching import array_files
from matching.search.asked import Part, Way, meetings, read_parts, words_to_mark
from matching.search.field import Field
from matching.search.pairs import characters, is_alone, pair_of, pairs, prepared
from matching.search.questions import without_asking
from matching.search.slips import SHORTEST, Lexicon, put_right
from matching.strings import StringTable
from matching.terms import cut, known_phrases

Scores = npt.NDArray[np.float64]
Entry = tuple[str, str, str]
"""Id, title, and the rest that it is found by."""

PLACES = 6  # scores count as equal when they agree to this many places
LONGEST = 300  # characters of a search that are looked at
OF_BEST = 0.65  # the share of what the best item says that an item must say to be a hit
FEW = 10  # hits; with fewer, those that say less are shown behind them
OF_BEST_IF_FEW = 0.4
OF_ALL = 0.25  # and the share of all that is asked, what no item says included
K1, B = 1.2, 0.6
_ALL_IN_TITLE, _SAID, _TITLE, _TEXT = 0.4, 0.3, 0.1, 0.2  # what makes a score, 1 in all
_NEARLY_ALL = 0.9  # of what is asked: pairs where words meet may be missing from a title that says all


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
            StringTable.from_arrays(_below(stored.arrays, "ids")),
            Field.from_arrays(stored.arrays, "titles"),
            Field.from_arrays(stored.arrays, "texts"),
            StringTable.from_arrays(_below(stored.arrays, "words")),
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
        return Found(self._scores(read_parts(text)), marks)

    def _scores(self, parts: tuple[Part, ...]) -> Scores:
        totals = self._nothing()
        whole = sayable = 0.0
        for part in parts:
            known = [way for way in part.ways if self._is_sayable(way)]
            usual = part.ways[0] if part.ways[0] in known or not known else min(known, key=self._weight)
            weight = part.weight * self._weight(usual)
            whole += weight
            sayable += weight if known else 0.0
            if len(known) == 1:
                self._add(known[0], weight, totals)
            elif known:
                totals += np.maximum.reduce([self._add(way, weight, self._nothing()) for way in known])
        said, in_title, weighed = totals / max(sayable, 1e-9)
        # The cube: an item that says all of it in its text goes before one that says half of it in its title.
        score = (
            _ALL_IN_TITLE * (in_title >= _NEARLY_ALL) + _SAID * said**3 + _TITLE * in_title + _TEXT * weighed
        )
        return np.asarray(np.where(_is_hit(said, whole / max(sayable, 1e-9)), score.round(PLACES), 0.0))

    def _is_sayable(self, way: Way) -> bool:
        found = [len(self._holding(key)[0]) > 0 for key in way.pairs]
        return any(found) if way.worth == 1 else all(found)

    def _add(self, way: Way, weight: float, totals: Scores) -> Scores:
        """Add to (said, in the title, said with weight) of every position what this way gives of the weight."""
        scale = weight * way.worth / self._weight(way)
        added = totals if way.worth == 1 else self._nothing()
        for key in way.pairs:
            share = scale * self._idf(key)
            entries, counts = self._holding(key)
            added[0][entries] += share
            added[1][self._holding(key, self.titles)[0]] += share
            added[2][entries] += share * counts / (counts + self._flat[entries])
        if way.worth < 1:  # a synonym counts only where it stands whole: its pieces say something else
            whole = 0.999 * weight * way.worth
            totals[0] += np.where(added[0] >= whole, added[0], 0.0)
            totals[1] += np.where(added[1] >= whole, added[1], 0.0)
            totals[2] += np.where(added[0] >= whole, added[2], 0.0)
        return totals

    def _is_known(self, pair: str) -> bool:
        return self.texts.frequency(pair_of(pair)) > 0

    def _weight(self, way: Way) -> float:
        return sum(self._idf(key) for key in way.pairs)

    def _idf(self, key: int) -> float:
        df = len(self._holding(key)[0])
        return log(1 + (len(self) - df + 0.5) / (df + 0.5))

    def _holding(self, key: int, field: Field | None = None) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """The positions that hold a pair, and how often; for a character alone, also those where a pair opens with it."""
        field = field or self.texts
        if not is_alone(key):
            return field.postings(key)
        lists = [field.postings(int(one))[0] for one in field.starting_with(key << 16, (key + 1) << 16)]
        entries = np.unique(np.concatenate([field.postings(key)[0], *lists]))
        return entries, np.ones(len(entries), np.uint16)

    def _nothing(self) -> Scores:
        return np.zeros((3, len(self)))

    @cached_property
    def _flat(self) -> Scores:
        mean = float(np.sum(self.texts.lengths, dtype=np.int64)) / max(len(self), 1)
        return np.asarray(K1 * (1 - B + B * self.texts.lengths / max(mean, 1.0)), np.float64)

    @cached_property
    def _words(self) -> Lexicon:
        return Lexicon((*known_phrases(), *self.title_words))

    def _lexicon(self) -> Lexicon:
        return self._words


def _is_hit(said: Scores, whole: float) -> npt.NDArray[np.bool_]:
    """Which positions say enough. said: shares of what can be said; whole: all that is asked, in the same measure."""
    best = float(said.max(initial=0.0))
    for share in (OF_BEST, OF_BEST_IF_FEW):
        hit = (said > 0) & (said >= share * best) & (said >= OF_ALL * whole)
        if np.count_nonzero(hit) >= FEW:
            break
    return np.asarray(hit)


def _text_pairs(title: str, text: str) -> npt.NDArray[np.uint32]:
    return pairs(characters(prepared(f"{title}\n{text}")))


def _below(arrays: Mapping[str, npt.NDArray[Any]], folder: str) -> dict[str, npt.NDArray[Any]]:
    start = f"{folder}/"
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
