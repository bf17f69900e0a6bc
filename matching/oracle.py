"""Relevance computed once more by scikit-learn: the reference that the text index is held to.

Called by `huiqi doctor` on the index that is there, and by the tests on made ones. Slow and plain on purpose.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.queries import Query
from matching.text_index import TextIndex

EXACT = 1e-6  # what float32 sums may differ from scikit-learn's float64 ones
_ASKED = 20


def reference_scores(text: TextIndex, asked: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Cosine of some live positions, as questions, with all live ones: float64 [asked, live].

    By `TfidfTransformer(sublinear_tf=True)` over the counts of the index and `linear_kernel`.
    """
    # Imported here: they take most of a second.
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.metrics.pairwise import linear_kernel

    live = np.flatnonzero(text.alive)
    rows = text.rows(live)
    width = int(rows.terms.max(initial=0)) + 1
    counts = csr_matrix((rows.tf.astype(np.float64), rows.terms, rows.starts), (len(live), width))
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    scores: npt.NDArray[np.float64] = linear_kernel(weighed[np.searchsorted(live, asked)], weighed)
    return scores


def largest_difference(text: TextIndex, asked: int = _ASKED) -> float:
    """The most that a score of some texts asked against all differs from scikit-learn's; 0 without texts."""
    live = np.flatnonzero(text.alive)
    if not len(live):
        return 0.0
    some = live[:: max(len(live) // asked, 1)][:asked]
    expected = reference_scores(text, some)
    found = [text.scores(_as_question(text, int(at)))[live] for at in some]
    return float(np.abs(np.array(found) - expected).max())


def _as_question(text: TextIndex, position: int) -> Query:
    many = text.queries(text.rows(np.array([position])))
    return Query(many.terms, many.weights)
