"""The loops over inverted lists compiled by numba: what `scoring_plain` does, with the same bits as its results.

Called through `switch.loops("scoring")`. No loop holds the lock of the interpreter. Offsets are added as
unsigned numbers, which spares numba's test for negative indices; no fast mathematics, so that no sum is
made in another order and no product is fused with a sum.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Array = npt.NDArray[Any]

SHIFT = 16
BLOCK = 1 << SHIFT
MOST = BLOCK - 1


@njit(nogil=True, cache=True)
def squares(row_starts, row_terms, row_tf, idf, log_tf):  # type: ignore[no-untyped-def]
    """As in `scoring_plain`."""
    sums = np.zeros(len(row_starts) - 1)
    for row in range(len(sums)):
        whole = 0.0
        for at in range(row_starts[row], row_starts[row + 1]):
            weight = log_tf[row_tf[at]] * idf[row_terms[at]]
            whole += weight * weight
        sums[row] = whole
    return sums


@njit(nogil=True, cache=True)
def weigh(starts, terms, tf, idf, log_tf):  # type: ignore[no-untyped-def]
    """As in `scoring_plain`."""
    weights = np.zeros(len(terms), np.float32)
    for row in range(len(starts) - 1):
        whole = 0.0
        for at in range(starts[row], starts[row + 1]):
            if terms[at] >= 0:
                weight = log_tf[tf[at]] * idf[terms[at]]
                whole += weight * weight
        norm = np.sqrt(whole) if whole > 0 else 1.0
        for at in range(starts[row], starts[row + 1]):
            if terms[at] >= 0:
                weights[at] = np.float32(log_tf[tf[at]] * idf[terms[at]] / norm)
    return weights


@njit(nogil=True, cache=True)
def _bounds(lists, low, high, start, stop):  # type: ignore[no-untyped-def]
    """The first places in `lists[low:high]` that hold at least start, and at least stop.

    Halved without a branch that depends on what is found, which would be guessed wrong half of the time; the
    two searches go side by side, so that one works while the other waits for memory.
    """
    first, last, length = np.uint64(low), np.uint64(low), high - low
    one = np.uint64(1)
    while length > 0:
        half = np.uint64((length + 1) >> 1)
        first = first + half if lists[first + half - one] < start else first
        last = last + half if lists[last + half - one] < stop else last
        length -= np.int64(half)
    return first, last


@njit(nogil=True, cache=True)
def _add_block(  # type: ignore[no-untyped-def]
    sums, block, start, stop, whole, columns, starts, lists, terms, gains, log_tf
):
    """Add to `sums[offset - start]` for the offsets start <= offset < stop of a block; whole: all it has."""
    shift = np.uint64(start)
    for query in range(len(terms)):
        term = terms[query]
        if term < 0 or term >= columns:
            continue
        gain = gains[query]
        run = 2 * (block * columns + term)
        once, often, end = np.int64(starts[run]), np.int64(starts[run + 1]), np.int64(starts[run + 2])
        half = (end - often) >> 1
        low, high = np.uint64(once), np.uint64(often)
        if not whole:
            low, high = _bounds(lists, once, often, start, stop)
        for at in range(low, high):
            sums[np.uint64(lists[at]) - shift] += gain
        low, high = np.uint64(often), np.uint64(often + half)
        if not whole:
            low, high = _bounds(lists, often, often + half, start, stop)
        for at in range(low, high):
            sums[np.uint64(lists[at]) - shift] += gain * log_tf[lists[at + np.uint64(half)]]


@njit(nogil=True, cache=True)
def add_scaled(sums, start, stop, of, scale, terms, gains, log_tf):  # type: ignore[no-untyped-def]
    """The scores of the positions start <= position - first < stop, all in one block, into `sums` of zeros."""
    first, size, columns, starts, lists = of
    block, offset = start >> SHIFT, start & MOST
    whole = offset == 0 and stop == min(size, (block + 1) << SHIFT)
    _add_block(
        sums, block, offset, offset + stop - start, whole, columns, starts, lists, terms, gains, log_tf
    )
    norms = scale[first + start : first + stop]
    for one in range(np.uint64(len(sums))):
        sums[one] *= norms[one]


@njit(nogil=True, cache=True)
def score_ranges(ranges, base, tail, scale, terms, gains, log_tf):  # type: ignore[no-untyped-def]
    """As in `scoring_plain`."""
    total = 0
    for number in range(len(ranges)):
        total += ranges[number, 1] - ranges[number, 0]
    scores = np.zeros(total, np.float32)
    at = 0
    for number in range(len(ranges)):
        low, high = ranges[number]
        for which in range(2):
            first, size, _, _, _ = base if which == 0 else tail
            start, end = max(low, first) - first, min(high, first + size) - first
            while start < end:
                stop = min(end, ((start >> SHIFT) + 1) << SHIFT)
                place = at + start + first - low
                add_scaled(
                    scores[place : place + stop - start],
                    start,
                    stop,
                    base if which == 0 else tail,
                    scale,
                    terms,
                    gains,
                    log_tf,
                )
                start = stop
        at += high - low
    return scores


@njit(nogil=True, cache=True)
def _slots(terms):  # type: ignore[no-untyped-def]
    """A table from a term to its place in `terms`: (slots, mask), for `_place_of`."""
    width = 4
    while width < 2 * len(terms):
        width *= 2
    slots = np.full(width, -1, np.int32)
    for place in range(len(terms)):
        slot = (terms[place] * 0x9E3779B1) & (width - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (width - 1)
        slots[slot] = place
    return slots


@njit(nogil=True, cache=True)
def _place_of(term, terms, slots):  # type: ignore[no-untyped-def]
    slot = (term * 0x9E3779B1) & (len(slots) - 1)
    while slots[slot] >= 0:
        if terms[slots[slot]] == term:
            return slots[slot]
        slot = (slot + 1) & (len(slots) - 1)
    return -1


@njit(nogil=True, cache=True)
def score_positions(positions, base, tail, scale, terms, gains, log_tf):  # type: ignore[no-untyped-def]
    """As in `scoring_plain`."""
    scores = np.zeros(len(positions), np.float32)
    slots = _slots(terms)
    early = len(base[0]) - 1
    for number in range(len(positions)):
        position = positions[number]
        starts, row_terms, row_tf = base if position < early else tail
        row = position if position < early else position - early
        whole = np.float32(0)
        for at in range(starts[row], starts[row + 1]):
            place = _place_of(row_terms[at], terms, slots)
            if place >= 0:
                whole += gains[place] * log_tf[row_tf[at]]
        scores[number] = whole * scale[position]
    return scores


@njit(nogil=True, cache=True)
def score_profiles(  # type: ignore[no-untyped-def]
    starts, terms, tf, idf, idf32, log_tf, log_tf32, item_terms, item_tf, scale
):
    """As in `scoring_plain`."""
    scores = np.zeros(len(starts) - 1, np.float32)
    slots = _slots(item_terms)
    hits = np.empty(len(item_terms), np.int64)
    places = np.empty(len(item_terms), np.int64)
    for row in range(len(scores)):
        found, whole = 0, 0.0
        for at in range(starts[row], starts[row + 1]):
            if 0 <= terms[at] < len(idf):
                weight = log_tf[tf[at]] * idf[terms[at]]
                whole += weight * weight
                place = _place_of(terms[at], item_terms, slots)
                if place >= 0:
                    hits[found], places[found] = at, place
                    found += 1
        norm = np.sqrt(whole) if whole > 0 else 1.0
        score = np.float32(0)
        for hit in range(found):
            term = terms[hits[hit]]
            weight = np.float32(log_tf[tf[hits[hit]]] * idf[term] / norm)
            score += weight * idf32[term] * log_tf32[item_tf[places[hit]]]
        scores[row] = score * scale
    return scores
