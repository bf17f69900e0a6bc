"""The best of many scores in numpy: what `best_compiled` does, with the same bits as its results.

Called through `switch.loops("best")` by `matching.text_index`.
"""

from __future__ import annotations

import numpy as np

from matching.kernels.scoring_plain import Array, Lists, score_ranges

_MICRO = 1e6


def top(
    sequence: Array,
    starts: Array,
    terms: Array,
    gains: Array,
    range_starts: Array,
    ranges: Array,
    base: Lists,
    tail: Lists,
    scale: Array,
    log_tf: Array,
    order: Array,
    k: int,
    positions: Array,
    scores: Array,
) -> None:
    """Fill positions and scores [queries, k] with the best of each query's ranges; order: empty or [size].

    sequence: which queries, in the order in which they are searched. range_starts: [queries + 1], or [2] where all
    queries have the same ranges. Scores of less than half a millionth are left out.
    """
    for query in sequence:
        own = query if len(range_starts) == len(starts) else 0
        mine = ranges[range_starts[own] : range_starts[own + 1]]
        part = slice(starts[query], starts[query + 1])
        found = score_ranges(mine, base, tail, scale, terms[part], gains[part], log_tf)
        micro = np.rint(found.astype(np.float64) * _MICRO)
        enough = np.partition(micro, -k)[-k] if 0 < k < len(micro) else 1.0
        chosen = np.flatnonzero(micro >= max(enough, 1.0))
        where = _positions(mine, chosen)
        rank = order[where] if len(order) else where
        best = np.lexsort((where, rank, -micro[chosen]))[:k]
        positions[query, : len(best)] = where[best]
        scores[query, : len(best)] = found[chosen[best]]


def _positions(ranges: Array, places: Array) -> Array:
    """The positions at these places of the ranges laid one after the other."""
    lengths = ranges[:, 1] - ranges[:, 0]
    before = np.cumsum(lengths) - lengths
    which = np.searchsorted(before + lengths, places, side="right")
    found: Array = places - before[which] + ranges[which, 0]
    return found
