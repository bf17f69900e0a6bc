"""The peers that have our formula: the tutorial, the tutorial done with care, and sparse_dot_topn. See `peers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.prepared import Part, Terms

Answer = tuple[npt.NDArray[Any], npt.NDArray[Any]]
CHUNK = 500


class Tutorial:
    """What every tutorial shows: TfidfVectorizer, cosine_similarity with every item, argsort. Given our weighting."""

    name = "tutorial"

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vectorizer = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True)
        self.matrix = self.vectorizer.fit_transform(terms)

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        from sklearn.metrics.pairwise import cosine_similarity

        scores = cosine_similarity(self.store([terms]), self.matrix)[0]
        if part is not None:
            scores = np.where(part.mask, scores, 0.0)
        return self._best(scores, k)

    def store(self, lists: Sequence[Terms]) -> Any:
        return self.vectorizer.transform(lists)

    def ask_stored(self, stored: Any, k: int, threads: int = 1) -> list[Answer]:
        from sklearn.metrics.pairwise import cosine_similarity

        return [self._best(cosine_similarity(asked, self.matrix)[0], k) for asked in stored]

    def _best(self, scores: npt.NDArray[np.float64], k: int) -> Answer:
        order = np.argsort(-np.round(scores, 6), kind="stable")[:k]
        return order, scores[order]

    def add(self, terms: Terms, region: str) -> None:
        """With the old weights: the tutorial has no other way than to fit again."""
        from scipy.sparse import vstack

        self.matrix = vstack([self.matrix, self.vectorizer.transform([terms])], format="csr")


class ChunkedCosine:
    """The tutorial done with care: cosine of five hundred questions at once, argpartition."""

    name = "chunked cosine"

    def __init__(self, tutorial: Tutorial) -> None:
        self.tutorial = tutorial

    def store(self, lists: Sequence[Terms]) -> Any:
        return self.tutorial.store(lists)

    def ask_stored(self, stored: Any, k: int, threads: int = 1) -> list[Answer]:
        from sklearn.metrics.pairwise import linear_kernel

        found: list[Answer] = []
        for start in range(0, stored.shape[0], CHUNK):
            for scores in linear_kernel(stored[start : start + CHUNK], self.tutorial.matrix):
                best = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
                best = best[np.argsort(-scores[best], kind="stable")]
                found.append((best, scores[best]))
        return found


class SparseDotTopn:
    """sparse_dot_topn: sparse product that keeps the best of each row; float32 as ours."""

    name = "sparse_dot_topn"

    def __init__(self, tutorial: Tutorial) -> None:
        self.tutorial = tutorial

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        self.items = self.tutorial.matrix.astype(np.float32)
        self.by_term = self.items.T.tocsr()

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        return self.ask_stored(self.store([terms]), k)[0]

    def store(self, lists: Sequence[Terms]) -> Any:
        return self.tutorial.store(lists).astype(np.float32)

    def ask_stored(self, stored: Any, k: int, threads: int = 1) -> list[Answer]:
        return self.ask_part(stored, self.by_term, k, threads)

    def of_part(self, part: Part) -> Any:
        """The matrix of the items of one part."""
        return self.items[np.flatnonzero(part.mask)].T.tocsr()

    def ask_part(self, stored: Any, by_term: Any, k: int, threads: int = 1) -> list[Answer]:
        """Against the matrix of one part; its positions are those within the part."""
        from sparse_dot_topn import sp_matmul_topn

        best = sp_matmul_topn(stored, by_term, top_n=k, sort=True, n_threads=threads)
        edges = zip(best.indptr[:-1], best.indptr[1:], strict=True)
        return [(best.indices[start:end], best.data[start:end]) for start, end in edges]


def _as_is(terms: Terms) -> Terms:
    return terms
