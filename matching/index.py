"""Find the policy items whose words are nearest to a profile or a question: TF-IDF and cosine.

The weights are scikit-learn's (`TfidfVectorizer(sublinear_tf=True)`: smooth idf, l2 norm); the search needs
neither scikit-learn nor scipy, only numpy: the postings of each term lie together (inverted lists), so a
query touches the lists of its own terms and nothing else. Items are held in the order of their ids, which
makes the order of equal scores the order of ids. `matching.index_files` keeps an index on disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log, sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching import index_files

Scores = npt.NDArray[np.float32]
PLACES = 6  # scores count as equal when they agree to this many places


@dataclass(frozen=True)
class PolicyIndex:
    """An inverted TF-IDF index over items. `starts[t]:starts[t + 1]` are the postings of `vocabulary[t]`.

    items: positions in `ids`, ascending inside a list; weights: l2-normalised, so that scores are cosines.
    """

    ids: tuple[str, ...]
    vocabulary: tuple[str, ...]
    idf: npt.NDArray[np.float64]
    starts: npt.NDArray[np.int64]
    items: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    corpus_version: str = field(default="", compare=False)

    @classmethod
    def build(
        cls, ids: Sequence[str], term_lists: Iterable[Sequence[str]], corpus_version: str = ""
    ) -> PolicyIndex:
        """Index items by id and terms, one list an id, in any order. Raises ValueError for an id twice."""
        texts = dict(zip(ids, term_lists, strict=True))
        if len(texts) != len(ids):
            raise ValueError("an id stands twice in the list to index")
        ordered = tuple(sorted(texts))
        return cls(ordered, *_weigh([texts[id_] for id_ in ordered]), corpus_version=corpus_version)

    @classmethod
    def open(cls, directory: Path, verify: bool = True) -> Self:
        """The index last saved in a folder, memory-mapped. Raises IndexNotBuilt: none there, or damaged."""
        stored = index_files.read_current(directory, verify=verify)
        return cls(
            ids=tuple(stored.lists["ids"]),
            vocabulary=tuple(stored.lists["vocabulary"]),
            corpus_version=stored.corpus_version,
            **stored.arrays,
        )

    def save(self, directory: Path) -> None:
        """Write the index beside the present one and switch to it in one step; one writer at a time."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "idf": self.idf,
            "starts": self.starts,
            "items": self.items,
            "weights": self.weights,
        }
        lists = {"ids": self.ids, "vocabulary": self.vocabulary}
        index_files.write_new(directory, index_files.Stored(self.corpus_version, arrays, lists))

    def scores(self, terms: Sequence[str]) -> Scores:
        """Cosine of a bag of terms with every item: float32, one for each of `ids`, 0-1."""
        query = self._weigh_query(terms)
        if not query:
            return np.zeros(len(self.ids), np.float32)
        lists = [slice(self.starts[column], self.starts[column + 1]) for column in query]
        items = np.concatenate([self.items[postings] for postings in lists])
        parts = np.concatenate(
            [
                np.multiply(self.weights[postings], weight, dtype=np.float64)
                for postings, weight in zip(lists, query.values(), strict=True)
            ]
        )
        return np.bincount(items, weights=parts, minlength=len(self.ids)).astype(np.float32)

    def score_of(self, terms: Sequence[str], item_id: str) -> float:
        """Cosine of a bag of terms with one item: the same number as in `scores`, 0 for an unknown id."""
        at = self.positions.get(item_id)
        return 0.0 if at is None else float(np.float32(sum(self._parts(terms, at).values())))

    def top(self, terms: Sequence[str], k: int) -> tuple[tuple[str, float], ...]:
        """The k best items with a score above zero: (id, cosine to 6 places), equal ones by id."""
        rounded = np.round(self.scores(terms).astype(np.float64), PLACES)
        order = np.argsort(-rounded, kind="stable")[: max(k, 0)]
        return tuple((self.ids[at], float(rounded[at])) for at in order if rounded[at] > 0)

    def reasons(self, terms: Sequence[str], item_id: str, n: int = 5) -> tuple[tuple[str, float], ...]:
        """The n terms that made most of an item's score: (term, its share of the score 0-1), best first."""
        at = self.positions.get(item_id)
        if at is None:
            return ()
        parts = self._parts(terms, at)
        whole = sum(parts.values())
        best = sorted((-part, self.vocabulary[column]) for column, part in parts.items() if part > 0)[:n]
        return tuple((term, round(-part / whole, PLACES)) for part, term in best)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where in `ids`, and so in `scores`, each id stands."""
        return {id_: at for at, id_ in enumerate(self.ids)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self.vocabulary)}

    def _weigh_query(self, terms: Sequence[str]) -> dict[int, float]:
        counts = Counter(column for term in terms if (column := self._columns.get(term)) is not None)
        raw = {column: (1 + log(counts[column])) * float(self.idf[column]) for column in sorted(counts)}
        norm = sqrt(sum(weight * weight for weight in raw.values()))
        return {column: weight / norm for column, weight in raw.items()}

    def _parts(self, terms: Sequence[str], at: int) -> dict[int, float]:
        return {
            column: weight * self._weight(column, at) for column, weight in self._weigh_query(terms).items()
        }

    def _weight(self, column: int, at: int) -> float:
        start, end = int(self.starts[column]), int(self.starts[column + 1])
        place = start + int(np.searchsorted(self.items[start:end], at))
        return float(self.weights[place]) if place < end and self.items[place] == at else 0.0


def _weigh(term_lists: list[Sequence[str]]) -> tuple[tuple[str, ...], Any, Any, Any, Any]:
    if not any(term_lists):  # scikit-learn refuses an empty vocabulary
        return (), np.empty(0), np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32)
    # Imported here: it takes most of a second and only a build needs it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=lambda terms: terms, sublinear_tf=True)
    by_term = vectorizer.fit_transform(term_lists).tocsc()
    by_term.sort_indices()
    return (
        tuple(vectorizer.get_feature_names_out()),
        np.asarray(vectorizer.idf_, np.float64),
        by_term.indptr.astype(np.int64),
        by_term.indices.astype(np.int32),
        by_term.data.astype(np.float32),
    )
