"""The best of many scores, compiled by numba: what `best_plain` does, with the same bits as its results.

Called through `switch.loops("best")`. No loop holds the lock of the interpreter.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from matching.kernels.scoring_compiled import BLOCK, SHIFT, add_scaled

_MICRO = 1e6
_MARGIN = 0.6  # half a millionth, and what a float32 near 1 is rounded by
_CHUNK = 128  # scores looked at together before any is compared with the worst of the best


@njit(nogil=True, cache=True)
def _before(micro, rank, position, other_micro, other_rank, other_position):  # type: ignore[no-untyped-def]
    if micro != other_micro:
        return micro > other_micro
    if rank != other_rank:
        return rank < other_rank
    return position < other_position


@njit(nogil=True, cache=True)
def _keep_best(sums, first, order, micros, ranks, positions, scores, filled):  # type: ignore[no-untyped-def]
    """Put what belongs among the best into its place (best first); returns how many are held."""
    k = len(positions)
    bits = sums.view(np.int32)  # scores are not negative: their bits are in their order
    bar = np.float32(0.4999e-6) if filled < k else np.float32((micros[k - 1] - _MARGIN) / _MICRO)
    end = np.uint64(len(sums))
    for low in range(np.uint64(0), end, np.uint64(_CHUNK)):
        high = min(low + np.uint64(_CHUNK), end)
        most = np.int32(0)
        for at in range(low, high):  # a loop of its own: the compiler makes it wide
            value = bits[at]
            most = value if value > most else most
        if most < np.float32(bar).view(np.int32):
            continue
        for at in range(low, high):
            if sums[at] < bar:
                continue
            micro = np.rint(np.float64(sums[at]) * _MICRO)
            if micro < 1:
                continue
            position = first + np.int64(at)
            rank = order[position] if len(order) else position
            if filled == k:
                if not _before(micro, rank, position, micros[k - 1], ranks[k - 1], positions[k - 1]):
                    continue
            else:
                filled += 1
            place = filled - 1
            while place and _before(
                micro, rank, position, micros[place - 1], ranks[place - 1], positions[place - 1]
            ):
                micros[place] = micros[place - 1]
                ranks[place] = ranks[place - 1]
                positions[place] = positions[place - 1]
                scores[place] = scores[place - 1]
                place -= 1
            micros[place], ranks[place] = micro, rank
            positions[place], scores[place] = position, sums[at]
            if filled == k:
                bar = np.float32((micros[k - 1] - _MARGIN) / _MICRO)
    return filled


@njit(nogil=True, cache=True)
def top(  # type: ignore[no-untyped-def]
    sequence,
    starts,
    terms,
    gains,
    range_starts,
    ranges,
    base,
    tail,
    scale,
    log_tf,
    order,
    k,
    positions,
    scores,
):
    """As in `scoring_plain`."""
    buffer = np.empty(BLOCK, np.float32)
    micros, ranks = np.empty(k), np.empty(k, np.int64)
    for query in sequence:
        own = query if len(range_starts) == len(starts) else 0
        mine = terms[starts[query] : starts[query + 1]]
        weights = gains[starts[query] : starts[query + 1]]
        filled = 0
        for number in range(range_starts[own], range_starts[own + 1]):
            low, high = ranges[number]
            for which in range(2):
                of = base if which == 0 else tail
                first, size, _, _, _ = of
                start, end = max(low, first) - first, min(high, first + size) - first
                while start < end:
                    stop = min(end, ((start >> SHIFT) + 1) << SHIFT)
                    sums = buffer[: stop - start]
                    sums[:] = 0
                    add_scaled(sums, start, stop, of, scale, mine, weights, log_tf)
                    filled = _keep_best(
                        sums, first + start, order, micros, ranks, positions[query], scores[query], filled
                    )
                    start = stop
