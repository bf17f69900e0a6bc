"""The two ways that are compared: our inverted lists, and the tutorial's TfidfVectorizer with cosine_similarity."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from matching.index import PolicyIndex
from matching.terms import cut

Hits = list[tuple[str, float]]


class Way(Protocol):
    """Builds from texts, then answers with the best ten."""

    name: str

    def build(self, ids: list[str], texts: list[str]) -> None: ...
    def ask(self, question: str) -> Hits: ...


class Ours:
    """matching.index: postings of each term together, a question touches only the lists of its own terms."""

    name = "huiqi"

    def build(self, ids: list[str], texts: list[str]) -> None:
        self.index = PolicyIndex.build(ids, [cut(text) for text in texts])

    def ask(self, question: str) -> Hits:
        return list(self.index.top(cut(question), 10))


class Tutorial:
    """TfidfVectorizer(tokenizer=cut) and cosine_similarity of the question with every item.

    It gets our terms and our weighting, so that the answers can be compared; only build and search differ.
    """

    name = "tutorial"

    def build(self, ids: list[str], texts: list[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.ids = ids
        self.vectorizer = TfidfVectorizer(analyzer=cut, sublinear_tf=True)
        self.matrix: Any = self.vectorizer.fit_transform(texts)

    def ask(self, question: str) -> Hits:
        from sklearn.metrics.pairwise import cosine_similarity

        scores = np.round(cosine_similarity(self.vectorizer.transform([question]), self.matrix)[0], 6)
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], self.ids[at]))[:10]
        return [(self.ids[at], float(scores[at])) for at in order if scores[at] > 0]


def same_answers(ours: Hits, theirs: Hits) -> bool:
    """The same scores to five places; items of equal score may stand in either order."""
    return len(ours) == len(theirs) and all(
        abs(a[1] - b[1]) < 1e-5 for a, b in zip(ours, theirs, strict=True)
    )
