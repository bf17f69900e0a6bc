"""How well items answer the parts of what is asked.

An item answers if it says enough: the parts that it says, each counted by how telling it is, must come to a
share of what the best item says, so that an item which only shares a common pair of characters is no hit.
Those whose title says all of it come first. Called by `matching.search.items`, one object a search.
"""

from __future__ import annotations

from functools import reduce
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.search.asked import Part, Way
from matching.search.field import Field
from matching.search.pairs import is_alone

Scores = npt.NDArray[np.float64]
Entries = npt.NDArray[np.int32]

PLACES = 6  # scores count as equal when they agree to this many places
OF_BEST = 0.65  # the share of what the best item says that an item must say to be a hit
FEW = 10  # hits; with fewer, those that say less are shown behind them
OF_BEST_IF_FEW = 0.4
OF_ALL = 0.25  # and the share of all that is asked, what no item says included
_ALL_IN_TITLE, _SAID, _TITLE, _TEXT = 0.4, 0.3, 0.1, 0.2  # what makes a score, 1 in all
_NEARLY_ALL = 0.9  # of what is asked: pairs where words meet may be missing from a title that says all


class Answering:
    """One search. flat: what the count of a pair in each entry is weighed against, as in BM25."""

    def __init__(self, titles: Field, texts: Field, flat: Scores) -> None:
        self._titles, self._texts, self._flat = titles, texts, flat
        self._held: dict[int, tuple[Entries, npt.NDArray[Any]]] = {}

    def scores(self, parts: tuple[Part, ...]) -> Scores:
        """The score of every position, 0-1, 0 for what is no hit."""
        totals = self._nothing()
        whole = sayable = 0.0
        for part in parts:
            known = [way for way in part.ways if self._is_sayable(way)]
            usual = part.ways[0] if part.ways[0] in known or not known else min(known, key=self._weight)
            weight = part.weight * self._weight(usual)
            whole += weight
            if known:
                sayable += weight
                self._add(known, weight, totals)
        said, in_title, weighed = totals / max(sayable, 1e-9)
        # The cube: an item that says all of it in its text goes before one that says half of it in its title.
        score = (
            _ALL_IN_TITLE * (in_title >= _NEARLY_ALL) + _SAID * said**3 + _TITLE * in_title + _TEXT * weighed
        )
        return np.asarray(np.where(_is_hit(said, whole / max(sayable, 1e-9)), score.round(PLACES), 0.0))

    def _is_sayable(self, way: Way) -> bool:
        found = [len(self._holding(key)[0]) > 0 for key in way.pairs]
        return any(found) if way.worth == 1 else all(found)

    def _add(self, ways: list[Way], weight: float, totals: Scores) -> None:
        """Add to (said, in the title, said with weight) of every position the best of the ways."""
        if len(ways) == 1 and ways[0].worth == 1:
            self._add_pieces(ways[0], weight, totals)
            return
        best = self._nothing()
        for way in ways:
            if way.worth == 1:
                self._add_pieces(way, weight, best)
            else:
                self._take_whole(way, weight, best)
        totals += best

    def _add_pieces(self, way: Way, weight: float, totals: Scores) -> None:
        for key in way.pairs:
            share = weight * self._idf(key) / self._weight(way)
            entries, counts = self._holding(key)
            totals[0][entries] += share
            totals[1][self._found(self._titles, key)[0]] += share
            totals[2][entries] += share * counts / (counts + self._flat[entries])

    def _take_whole(self, way: Way, weight: float, best: Scores) -> None:
        """A synonym counts only where it stands whole: its pieces say something else."""
        given = weight * way.worth
        entries = reduce(_common, (self._holding(key)[0] for key in way.pairs))
        best[0][entries] = np.maximum(best[0][entries], given)
        titles = reduce(_common, (self._found(self._titles, key)[0] for key in way.pairs))
        best[1][titles] = np.maximum(best[1][titles], given)
        weighed = np.zeros(len(entries))
        for key in way.pairs:
            held, counts = self._holding(key)
            tf = counts[np.searchsorted(held, entries)]
            weighed += given * self._idf(key) / self._weight(way) * tf / (tf + self._flat[entries])
        best[2][entries] = np.maximum(best[2][entries], weighed)

    def _weight(self, way: Way) -> float:
        return sum(self._idf(key) for key in way.pairs)

    def _idf(self, key: int) -> float:
        df = len(self._holding(key)[0])
        return log(1 + (len(self._texts) - df + 0.5) / (df + 0.5))

    def _holding(self, key: int) -> tuple[Entries, npt.NDArray[Any]]:
        if key not in self._held:
            self._held[key] = self._found(self._texts, key)
        return self._held[key]

    def _found(self, field: Field, key: int) -> tuple[Entries, npt.NDArray[Any]]:
        """The positions that hold a pair, and how often; of a character alone, where a pair opens with it too."""
        if not is_alone(key):
            return field.postings(key)
        holding = np.zeros(len(field), bool)
        for one in (key, *field.starting_with(key << 16, (key + 1) << 16)):
            holding[field.postings(int(one))[0]] = True
        entries = np.flatnonzero(holding).astype(np.int32)
        return entries, np.ones(len(entries), np.uint16)

    def _nothing(self) -> Scores:
        return np.zeros((3, len(self._texts)))


def _common(one: Entries, other: Entries) -> Entries:
    """The positions that stand in both; each ascends. Looks the shorter up in the longer."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    if not len(few):
        return few
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return np.asarray(few[many[places] == few])


def _is_hit(said: Scores, whole: float) -> npt.NDArray[np.bool_]:
    """Which positions say enough. said: shares of what can be said; whole: all that is asked, in the same measure."""
    best = float(said.max(initial=0.0))
    for share in (OF_BEST, OF_BEST_IF_FEW):
        hit = (said > 0) & (said >= share * best) & (said >= OF_ALL * whole)
        if np.count_nonzero(hit) >= FEW:
            break
    return np.asarray(hit)
