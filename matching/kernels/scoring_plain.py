"""The loops over inverted lists in numpy: what `scoring_compiled` does, with the same bits as its results.

Called through `switch.loops("scoring")` by `matching.text_index` and `matching.weights`. Sums are made
in the order of the query's terms, in float32 for scores and in float64 for norms, one addition after the
other, as a compiled loop makes them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Lists = tuple[int, int, int, Array, Array]  # first, size, columns, starts, lists
RowArrays = tuple[Array, Array, Array]  # starts, terms, tf

_SHIFT = 16
_BLOCK = 1 << _SHIFT
_ROWS_AT_ONCE = 1 << 14


def squares(row_starts: Array, row_terms: Array, row_tf: Array, idf: Array, log_tf: Array) -> Array:
    """The sum of the squared weights of each row: float64 [rows]."""
    size = len(row_starts) - 1
    sums = np.zeros(size)
    for low in range(0, size, _ROWS_AT_ONCE):
        high = min(low + _ROWS_AT_ONCE, size)
        part = slice(row_starts[low], row_starts[high])
        weights = log_tf[row_tf[part]] * idf[row_terms[part]]
        row_of = np.repeat(np.arange(high - low), np.diff(row_starts[low : high + 1]))
        sums[low:high] = np.bincount(row_of, weights=weights * weights, minlength=high - low)
    return sums


def weigh(starts: Array, terms: Array, tf: Array, idf: Array, log_tf: Array) -> Array:
    """The l2-normalised weights of rows: float32 [len(terms)]; 0 for a column below 0 or without idf."""
    known = np.where(terms < 0, 0.0, idf[terms]) if len(idf) else np.zeros(len(terms))
    weights = log_tf[tf] * known
    row_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    norms = np.sqrt(np.bincount(row_of, weights=weights * weights, minlength=len(starts) - 1))
    norms[norms == 0] = 1
    found: Array = (weights / norms[row_of]).astype(np.float32)
    return found


def score_ranges(
    ranges: Array, base: Lists, tail: Lists, scale: Array, terms: Array, gains: Array, log_tf: Array
) -> Array:
    """Scores of the positions of the ranges, one after the other: float32."""
    scores = np.zeros(int((ranges[:, 1] - ranges[:, 0]).sum()), np.float32)
    at = 0
    for low, high in ranges.tolist():
        part = scores[at : at + high - low]
        for lists in (base, tail):
            _add_range(part, low, high, lists, terms, gains, log_tf)
        part *= scale[low:high]
        at += high - low
    return scores


def _add_range(
    part: Array, low: int, high: int, of: Lists, terms: Array, gains: Array, log_tf: Array
) -> None:
    first, size, columns, starts, lists = of
    start, end = max(low, first) - first, min(high, first + size) - first
    while start < end:
        block = start >> _SHIFT
        origin = block << _SHIFT
        stop = min(end, origin + _BLOCK)
        sums = part[start + first - low : stop + first - low]
        for term, gain in zip(terms.tolist(), gains, strict=True):
            if 0 <= term < columns:
                a, b, c = starts[2 * (block * columns + term) :][:3].tolist()
                _add_list(sums, lists[a:b], None, start - origin, stop - origin, gain)
                middle = (b + c) // 2
                factors = log_tf[lists[middle:c]]
                _add_list(sums, lists[b:middle], factors, start - origin, stop - origin, gain)
        start = stop


def _add_list(sums: Array, offsets: Array, factors: Array | None, low: int, high: int, gain: Any) -> None:
    a, b = np.searchsorted(offsets, low), np.searchsorted(offsets, high)
    sums[offsets[a:b].astype(np.int64) - low] += gain if factors is None else gain * factors[a:b]


def score_positions(
    positions: Array,
    base: RowArrays,
    tail: RowArrays,
    scale: Array,
    terms: Array,
    gains: Array,
    log_tf: Array,
) -> Array:
    """The scores of single positions, from their rows: float32, the same bits as in `score_ranges`."""
    scores = np.zeros(len(positions), np.float32)
    order = np.argsort(terms)
    sorted_terms, sorted_gains = terms[order], gains[order]
    if not len(terms):
        return scores
    early = len(base[0]) - 1
    for number, position in enumerate(positions.tolist()):
        starts, row_terms, row_tf = base if position < early else tail
        at = position if position < early else position - early
        row = slice(starts[at], starts[at + 1])
        place = np.minimum(np.searchsorted(sorted_terms, row_terms[row]), len(terms) - 1)
        hit = sorted_terms[place] == row_terms[row]
        parts = sorted_gains[place[hit]] * log_tf[row_tf[row][hit]]
        if len(parts):
            scores[number] = np.add.accumulate(parts)[-1] * scale[position]
    return scores


def score_profiles(
    starts: Array,
    terms: Array,
    tf: Array,
    idf: Array,
    idf32: Array,
    log_tf: Array,
    log_tf32: Array,
    item_terms: Array,
    item_tf: Array,
    scale: Any,
) -> Array:
    """The score of one position, given by its row, for each profile, a row of terms and counts: float32."""
    size = len(starts) - 1
    scores = np.zeros(size, np.float32)
    if not len(item_terms):
        return scores
    order = np.argsort(item_terms)
    place = np.minimum(np.searchsorted(item_terms[order], terms), len(order) - 1)
    hit = item_terms[order][place] == terms
    gains = weigh(starts, np.where(terms < len(idf), terms, -1), tf, idf, log_tf)[hit] * idf32[terms[hit]]
    row_of = np.repeat(np.arange(size), np.diff(starts))[hit]
    # One addition after the other: `add.at` goes through its parts in order, in float32.
    np.add.at(scores, row_of, gains * log_tf32[item_tf[order][place[hit]]])
    scores *= scale
    return scores
