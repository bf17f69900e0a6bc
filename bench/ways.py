"""The two ways that are compared: our inverted lists, and the tutorial's TfidfVectorizer with cosine_similarity.

`python -m bench.ways ROLE SIZE QUESTIONS FOLDER` plays one role in a process of its own, so that its peak memory
is its own, and prints what it measured as JSON. The tutorial gets our terms and our weighting, so that the answers
can be compared; only building and searching differ.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from bench.corpus import make_items, make_questions
from matching.index import PolicyIndex
from matching.terms import cut

Hits = list[tuple[str, float]]
TOP = 10


def build_ours(ids: list[str], texts: list[str], folder: Path) -> None:
    """Cut, weigh, and keep the index on disk."""
    PolicyIndex.build(ids, [cut(text) for text in texts]).save(folder)


def ask_ours(index: PolicyIndex, question: str) -> Hits:
    """The best ten by inverted lists."""
    return list(index.top(cut(question), TOP))


def build_tutorial(texts: list[str]) -> tuple[Any, Any]:
    """The vectorizer and its matrix, in memory, as every tutorial has it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=cut, sublinear_tf=True)
    return vectorizer, vectorizer.fit_transform(texts)


def ask_tutorial(vectorizer: Any, matrix: Any, ids: list[str], question: str) -> Hits:
    """The best ten of the cosine with every item; rounded, so that equal scores keep the order of ids."""
    from sklearn.metrics.pairwise import cosine_similarity

    scores = np.round(cosine_similarity(vectorizer.transform([question]), matrix)[0], 6)
    order = np.argsort(-scores, kind="stable")[:TOP]
    return [(ids[at], float(scores[at])) for at in order if scores[at] > 0]


def same_answers(ours: Hits, theirs: Hits) -> bool:
    """The same scores to five places and the same items, but for the order and the cut among equal scores."""
    if len(ours) != len(theirs):
        return False
    last = ours[-1][1] if ours else 0.0
    clear = [{name for name, score in hits if score > last + 2e-6} for hits in (ours, theirs)]
    close = all(abs(mine[1] - other[1]) < 1e-5 for mine, other in zip(ours, theirs, strict=True))
    return close and clear[0] == clear[1]


def play(role: str, size: int, questions: int, folder: Path) -> dict[str, Any]:
    """Seconds of processor time and peak MB of one role: "build", "ask" (ours) or "tutorial"."""
    texts, ids = make_items(size), [f"{number:08d}" for number in range(size)]
    asked = make_questions(questions)
    if role == "ask":
        cut("预热")  # loads jieba's dictionary; asking needs no scikit-learn
    else:
        PolicyIndex.build(
            ids[:50], [cut(text) for text in texts[:50]]
        )  # jieba and scikit-learn are loaded now
    found: dict[str, Any] = {}
    if role == "build":
        found["build"], _ = _timed(lambda: build_ours(ids, texts, folder))
    elif role == "ask":
        found["open"], index = _timed(lambda: PolicyIndex.open(folder))
        found["ask"], found["answers"] = _timed(lambda: [ask_ours(index, words) for words in asked])
    else:
        found["build"], (vectorizer, matrix) = _timed(lambda: build_tutorial(texts))
        found["ask"], found["answers"] = _timed(
            lambda: [ask_tutorial(vectorizer, matrix, ids, words) for words in asked]
        )
    return found | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = work()
    return process_time() - start, result


if __name__ == "__main__":
    print(json.dumps(play(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
